using TransferLearning;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class QuickStart
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
        Console.WriteLine($"accuracy {result.Metrics.Accuracy:P1} on {result.ValidationImages} images");
        result.Model.Save("flowers.onnx");

        using TransferModel model = TransferModel.Load("flowers.onnx");
        Prediction prediction = model.Predict("rose.jpg");
        Console.WriteLine($"{prediction.Label} ({prediction.Probability:P1})");
        // end
    }
}
