using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;

namespace TransferLearning.Reports.Sections.Training;

/// <summary>The segments of a parallel training beside the small set's model and the combined one. Immutable.</summary>
internal sealed record SegmentsSection(ParallelTrainingResult Result) : IReportSection
{
    public string Title => "Models compared";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "All models were evaluated on the validation images of the small set, whose labels were given, not predicted.");
        html.OpenTable(
            "Accuracy of each model, with its 95\u00A0% interval", "Model", "Labeled images", "Pseudo-labeled", "Accuracy", "Log loss");
        Row(html, "small set alone", 0, Result.SmallSetMetrics);
        foreach (TrainingSegment segment in Result.Segments)
        {
            Row(html, $"segment {segment.Name}", segment.TrainImages, segment.Metrics);
        }

        Row(html, "combined", Result.Segments.Sum(s => s.TrainImages), Result.CombinedMetrics);
        html.CloseTable();
        html.Element("p", Result.KeptSmallSetModel
            ? "On the small set's training images, each held out in turn, the combined model is less accurate than the one of the small "
                + "set alone, which was kept instead."
            : "The combined model was kept.");
    }

    private void Row(HtmlWriter html, string name, int pseudoLabeled, ClassificationMetrics metrics)
    {
        html.Open("tr").Element("th", name, ("scope", "row"));
        html.Element("td", Figure.Count(Result.TrainImages)).Element("td", Figure.Count(pseudoLabeled));
        html.ShareCell(metrics.Accuracy, Figure.Accuracy(metrics)).Element("td", Figure.Three(metrics.LogLoss)).Close();
    }
}
