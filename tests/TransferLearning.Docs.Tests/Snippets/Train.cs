using TransferLearning;
using TransferLearning.Evaluation;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class Train
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithSeed(1).Fit();
        foreach (ClassMetrics row in result.Metrics.PerClass)
        {
            Console.WriteLine($"{row.Name}: precision {row.Precision:0.00}, recall {row.Recall:0.00}, {row.Support} images");
        }

        result.Model.Save("flowers.onnx");
        // end
    }
}
