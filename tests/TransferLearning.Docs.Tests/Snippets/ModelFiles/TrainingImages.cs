using TransferLearning;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.ModelFiles;

internal static class TrainingImages
{
    public static void Run()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        TrainingOverlap? overlap = model.FindTrainingImages(ImageDataset.Open("photos/"));
        Console.WriteLine(overlap is null ? "not known" : $"trained on {overlap.Found} of {overlap.Compared} images");

        FineTuningResult result = TransferPipeline.FineTune("photos/").WithoutTrainingHashes().Fit();
        result.Model.Save("flowers-2.onnx");
        // end
    }
}
