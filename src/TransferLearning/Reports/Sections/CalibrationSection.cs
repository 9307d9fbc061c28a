using TransferLearning.Evaluation;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>Whether the probabilities are calibrated: of the predictions at 80 %, about 80 % should be right. Immutable.</summary>
/// <param name="After">The metrics of the model's probabilities.</param>
/// <param name="Before">The metrics without the temperature; null where there is nothing to compare.</param>
/// <param name="Temperature">The temperature; null where there is none.</param>
internal sealed record CalibrationSection(ClassificationMetrics After, ClassificationMetrics? Before = null, double? Temperature = null)
    : IReportSection
{
    /// <summary>What the temperature was fitted on.</summary>
    public string FittedOn { get; init; } = "the training images, each predicted by a classifier that had not seen it";

    /// <summary>What the temperature changes, and how the figures after it were computed.</summary>
    public string Remark { get; init; } = "The most probable class of an image stays the same.";

    public string Title => "Calibration";

    public bool IsWide => false;

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "When the model gives a probability of 80\u00A0%, it should be right in about 80\u00A0% of cases. "
            + $"{Verdict(After)}");
        if (Temperature is { } temperature && Before is not null)
        {
            html.Element("p", temperature == 1
                ? "The probabilities were not corrected: there were too few images or mistakes to fit a correction, or it would have cost "
                    + "accuracy."
                : $"The probabilities were corrected by one number, the temperature, which was fitted on {FittedOn}. Its value, "
                    + $"{Figure.Text($"{temperature:0.00}")}, makes the model {(temperature > 1 ? "less" : "more")} confident. {Remark}");
        }

        if (After.ReliabilityGroups.Count > 0)
        {
            html.Element("p", "Each bar is a group of predictions with similar probabilities, all groups of the same size. The bar is how "
                + "often they were right, the thin line its 95\u00A0% interval, the dashed line their mean probability. Where the dashed "
                + "line is within the thin one, the probabilities may well be right.");
        }

        html.Open("div", ("class", "charts"));
        if (Before is not null && Temperature is not (null or 1))
        {
            Chart(html, "Before the temperature", Before);
            Chart(html, "After the temperature", After);
        }
        else
        {
            Chart(html, "Reliability", After);
        }

        html.Close().Line();
    }

    /// <summary>Whether the model is too confident, as far as the images can tell.</summary>
    internal static string Verdict(ClassificationMetrics metrics)
    {
        if (metrics.ReliabilityGroups.Count == 0)
        {
            return $"{Figure.Of(metrics.Images, "image is", "images are")} too few to say: at least "
                + $"{2 * ReliabilityGroups.MinPerGroup} are needed.";
        }

        ConfidenceInterval interval = metrics.AccuracyInterval();
        double confidence = metrics.ReliabilityGroups.Sum(g => g.Confidence * g.Images) / metrics.Images;
        string average = $"On average, its predictions have a probability of {Figure.WholePercent(confidence)} and are right in "
            + $"{Figure.WholePercent(metrics.Accuracy)} ({Figure.Range(interval)})";
        return confidence > interval.Upper ? $"{average}: it is too confident."
            : confidence < interval.Lower ? $"{average}: it is not confident enough."
            : metrics.Images < FewImages.MinEvaluated
                ? $"{average}: nothing is wrong, but with {metrics.Images} images only large differences would show."
            : $"{average}: nothing is wrong.";
    }

    private static void Chart(HtmlWriter html, string name, ClassificationMetrics metrics)
    {
        string error = Figure.Percent(metrics.ExpectedCalibrationError);
        html.Open("figure", ("class", "narrow"));
        if (metrics.ReliabilityGroups.Count > 0)
        {
            ReliabilityChart.Write(html, $"Reliability diagram. {name}: calibration error {error}.", metrics.ReliabilityGroups);
        }

        html.Element("figcaption", $"{name}: calibration error {error}, log loss {Figure.Three(metrics.LogLoss)}").Close();
    }
}
