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
            .Add("Accuracy", new AccuracyFigure(report.Accuracy, report.AccuracyInterval, report.ValidationImages))
            .Add("Macro F1", report.MacroF1)
            .Add("Log loss", report.LogLoss)
            .AddCalibration(report.Ece, report.Temperature, report.EceBefore)
            .AddCost(report);
        if (report.Steps.Count > 1)
        {
            foreach (FineTuneStepReport step in report.Steps)
            {
                table.Add($"After {step.Data}, on the small set", new AccuracyFigure(step.Accuracy, step.AccuracyInterval, step.Images));
                table.Add(
                    $"After {step.Data}, on the larger one",
                    new AccuracyFigure(step.AccuracyOnLarger!.Value, step.AccuracyOnLargerInterval!, step.ImagesOfLarger!.Value));
            }
        }

        if (report.Tuning is { } tuning)
        {
            string stages = $"{tuning.Stages} of {tuning.NetworkStages}";
            table.Add("Stages trained", tuning switch
            {
                { Kept: true } => $"{stages}, kept",
                { BestEpoch: 0 } => $"{stages}, not kept: no epoch ended",
                _ => $"{stages}, not kept: the head alone does better on held-out images",
            });
            table.Add(
                "Head alone", new AccuracyFigure(tuning.AccuracyOfHead, tuning.AccuracyOfHeadInterval, report.ValidationImages));
            if (tuning is { HeldOutAccuracyOfHead: { } head, HeldOutAccuracyOfTuned: { } tuned })
            {
                table.Add(
                    "On held-out images", $"{head:0.000} head alone, {tuned:0.000} tuned, on {tuning.HeldOutImages} training images");
            }
        }

        if (report.Continuation is { } continuation)
        {
            table.Add("Classes added", continuation.AddedClasses.Count == 0 ? "none" : string.Join(", ", continuation.AddedClasses));
            table.Add("Known classes", continuation.AccuracyBefore is { } before
                ? $"{before:0.000} (95%: {continuation.AccuracyBeforeInterval}) before, {continuation.AccuracyAfter:0.000} "
                    + $"(95%: {continuation.AccuracyAfterInterval}) after, on {continuation.KnownImages} images"
                : "no validation images of them");
        }

        table.Add(report.Weights).Add("Model", modelPath).WriteTo(host);
    }
}
