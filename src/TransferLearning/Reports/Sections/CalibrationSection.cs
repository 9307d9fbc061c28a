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

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "When the model gives a probability of 80\u00A0%, it should be right in about 80\u00A0% of cases. Each circle "
            + "is a group of predictions with similar probabilities; a larger circle has more of them. On the dashed line, the "
            + "probabilities are exactly right. Below it, the model is too confident; above it, not confident enough.");
        if (Temperature is { } temperature && Before is not null)
        {
            html.Element("p", temperature == 1
                ? "The probabilities were not corrected: there were too few images or mistakes to fit a correction, or it would have cost "
                    + "accuracy."
                : $"The probabilities were corrected by one number, the temperature, which was fitted on {FittedOn}. Its value, "
                    + $"{Figure.Text($"{temperature:0.00}")}, makes the model {(temperature > 1 ? "less" : "more")} confident. {Remark}");
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

    private static void Chart(HtmlWriter html, string name, ClassificationMetrics metrics)
    {
        string error = Figure.Percent(metrics.ExpectedCalibrationError);
        html.Open("figure", ("style", "max-width:22rem"));
        ReliabilityChart.Write(html, $"Reliability diagram. {name}: calibration error {error}.", metrics.Reliability);
        html.Element("figcaption", $"{name}: calibration error {error}, log loss {Figure.Three(metrics.LogLoss)}").Close();
    }
}
