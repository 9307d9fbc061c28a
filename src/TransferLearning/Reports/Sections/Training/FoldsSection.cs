using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;

namespace TransferLearning.Reports.Sections.Training;

/// <summary>Each fold of a cross-validation. Immutable.</summary>
internal sealed record FoldsSection(CrossValidationResult Result) : IReportSection
{
    private const int MaxShown = 20;

    public string Title => "Folds";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "Each fold was predicted by a classifier that had seen none of its images. The mean of the folds' accuracies is "
            + $"{Figure.Percent(Result.MeanAccuracy)}, their standard deviation {Figure.Percent(Result.StdAccuracy)}. A fold has few "
            + "images, so that its accuracy says less than that of all of them together, which is in the summary.");
        if (Result.Folds.Count <= MaxShown)
        {
            WriteTable(html, Result.Folds);
            return;
        }

        html.Open("details").Element("summary", $"All {Result.Folds.Count} folds");
        WriteTable(html, Result.Folds);
        html.Close();
    }

    private void WriteTable(HtmlWriter html, IReadOnlyList<CrossValidationFold> folds)
    {
        bool areTuned = Result.Tuning is not null;
        string[] accuracy = areTuned ? ["Accuracy", "Head alone"] : ["Accuracy"];
        html.OpenTable(
            "Folds; accuracy with its 95\u00A0% interval",
            ["Fold", "Training images", "Validation images", .. accuracy, "Macro F1", "Log loss"]);
        bool repeated = Result.Folds.Any(f => f.Repeat > 0);
        foreach (CrossValidationFold fold in folds)
        {
            string name = fold.Group ?? (repeated ? $"{fold.Repeat + 1}.{fold.Number + 1}" : $"{fold.Number + 1}");
            html.Open("tr").Element("th", name, ("scope", "row"));
            html.Element("td", Figure.Count(fold.TrainImages)).Element("td", Figure.Count(fold.Metrics.Images));
            html.ShareCell(fold.Metrics.Accuracy, Figure.Accuracy(fold.Metrics));
            if (areTuned)
            {
                html.Element("td", fold.Tuning is { } tuning ? Figure.Percent(tuning.HeadMetrics.Accuracy) : "");
            }

            html.Element("td", Figure.Three(fold.Metrics.MacroF1)).Element("td", Figure.Three(fold.Metrics.LogLoss)).Close();
        }

        html.CloseTable();
    }
}
