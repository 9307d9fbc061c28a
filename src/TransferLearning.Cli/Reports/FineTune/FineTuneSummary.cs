using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.FineTune;

/// <summary>Prints the result of fine-tuning.</summary>
internal static class FineTuneSummary
{
    public static void Write(CommandHost host, FineTuneReport report, string modelPath)
    {
        FigureTable table = new FigureTable()
            .Add("Training images", report.TrainImages)
            .Add("Validation images", report.ValidationImages)
            .Add("Classes", report.Classes)
            .Add("Accuracy", report.Accuracy)
            .Add("Macro F1", report.MacroF1)
            .Add("Log loss", report.LogLoss)
            .AddCalibration(report.Ece, report.Temperature, report.EceBefore)
            .AddCost(report);
        if (report.Steps.Count > 1)
        {
            foreach (FineTuneStepReport step in report.Steps)
            {
                table.Add($"After {step.Data}", $"{step.Accuracy:0.000} on the small set, {step.AccuracyOnLarger:0.000} on the larger one");
            }
        }

        if (report.Continuation is { } continuation)
        {
            table.Add("Classes added", continuation.AddedClasses.Count == 0 ? "none" : string.Join(", ", continuation.AddedClasses));
            table.Add("Known classes", continuation.AccuracyBefore is { } before
                ? $"{before:0.000} before, {continuation.AccuracyAfter:0.000} after, on {continuation.KnownImages} images"
                : "no validation images of them");
        }

        table.Add(report.Weights).Add("Model", modelPath).WriteTo(host);
    }
}
