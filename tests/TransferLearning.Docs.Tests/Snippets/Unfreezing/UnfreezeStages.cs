using TransferLearning;
using TransferLearning.Imaging;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning.Docs.Tests.Snippets.Unfreezing;

internal static class UnfreezeStages
{
    public static void Run()
    {
        // begin
        var options = new FineTuningOptions
        {
            UnfrozenStages = 1,
            StageTraining = new NetworkTrainingOptions { Epochs = 6 },
        };
        FineTuningResult result = TransferPipeline.FineTune("photos/", options)
            .WithAugmentation(ImageAugmentation.Photos, views: 1)
            .Fit();
        StageTuningResult tuning = result.Tuning!;
        Console.WriteLine($"head alone {tuning.HeadMetrics.Accuracy:P1}, model {result.Metrics.Accuracy:P1}");
        Console.WriteLine(tuning.IsKept ? $"with {tuning.Stages} of {tuning.NetworkStages} stages" : "the head alone is better");
        result.Model.Save("tuned.onnx");
        // end
    }
}
