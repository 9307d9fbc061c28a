using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Examples;

internal static class ReportExamples
{
    public static void Save()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
        Report.Of(result).Save("report.html");
        // end
    }

    public static async Task OfEvaluationAsync()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
        await Report.Of(result).SaveAsync("report.html");

        ModelEvaluation evaluation = result.Model.Evaluate(ImageDataset.Open("photos-large/"));
        await Report.Of(evaluation).SaveAsync("evaluation.html");
        // end
    }
}
