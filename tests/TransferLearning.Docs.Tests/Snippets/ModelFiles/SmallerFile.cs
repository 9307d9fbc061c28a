using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.ModelFiles;

internal static class SmallerFile
{
    public static void Run()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        model.Save("flowers-small.onnx", new ModelSaveOptions { Weights = WeightPrecision.Int8 });
        // end
    }
}
