using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.Packages;

internal static class RunModel
{
    public static void Run()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        Console.WriteLine(string.Join(", ", model.Labels));
        Console.WriteLine(model.Predict("rose.jpg").Label);
        // end
    }
}
