using TransferLearning;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.Reports;

internal static class WriteReport
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
        Report.Of(result).Save("report.html");

        ModelEvaluation evaluation = result.Model.Evaluate(ImageDataset.Open("photos-large/"));
        Console.WriteLine($"accuracy {evaluation.Metrics.Accuracy:P1} on other photos");
        Report.Of(evaluation).Save("evaluation.html");
        // end
    }
}
