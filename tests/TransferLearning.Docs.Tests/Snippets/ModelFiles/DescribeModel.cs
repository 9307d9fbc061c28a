using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.ModelFiles;

internal static class DescribeModel
{
    public static void Run()
    {
        // begin
        ModelDescription model = TransferModel.DescribeFile("flowers.onnx");
        Console.WriteLine($"{model.Labels.Count} classes, {model.Backbone}, accuracy {model.Figures.Accuracy:P1}");
        File.WriteAllText("flowers.md", model.ToModelCard());
        // end
    }
}
