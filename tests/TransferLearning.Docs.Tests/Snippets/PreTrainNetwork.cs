using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class PreTrainNetwork
{
    public static void Run()
    {
        // begin
        PreTrainingResult result = TransferPipeline.PreTrain("photos-large/", new PreTrainingOptions
        {
            Architecture = NetworkArchitecture.Compact,
            InputSize = 64,
            Teacher = Backbone.ResNet18,
            Training = NetworkTrainingOptions.FromScratch with { Checkpoint = "backbone.checkpoint", Resumes = true },
        }).Fit();
        Console.WriteLine($"accuracy {result.Metrics!.Accuracy:P1} after {result.Training!.History.Count} epochs");
        result.Backbone!.Save("backbone.onnx");
        FineTuningResult flowers = TransferPipeline.FineTune("photos/").WithBackbone(result.Backbone).Fit();
        // end
        flowers.Model.Dispose();
    }
}
