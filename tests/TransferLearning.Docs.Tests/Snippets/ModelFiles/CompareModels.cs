using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.ModelFiles;

internal static class CompareModels
{
    public static void Run()
    {
        // begin
        using TransferModel inUse = TransferModel.Load("flowers.onnx"), candidate = TransferModel.Load("flowers-2.onnx");
        ModelComparison comparison = ModelComparison.Of(inUse, candidate, ImageDataset.Open("photos-large/"));
        Console.WriteLine($"{comparison.Difference:+0.0%;-0.0%}, p = {comparison.Test.PValue:0.000}");
        Console.WriteLine($"{comparison.Changed.Count} labels changed");
        // end
    }
}
