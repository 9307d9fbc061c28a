using TransferLearning.Evaluation;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>Whether the probabilities are as sure as they are right. Immutable.</summary>
/// <param name="After">As the model gives them.</param>
/// <param name="Before">Without the temperature; null where there is none to compare.</param>
/// <param name="Temperature">The temperature; null where there is none.</param>
internal sealed record CalibrationSection(ClassificationMetrics After, ClassificationMetrics? Before = null, double? Temperature = null)
    : IReportSection
{
    /// <summary>What the temperature was fitted on.</summary>
    public string FittedOn { get; init; } = "the validation images";

    /// <summary>What the temperature means for the classes, and how the figures after it came about.</summary>
    public string Remark { get; init; } = "Which class is the most probable does not change.";

    public string Title => "Calibration";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "When the model is 80 % sure, it should be right in 80 % of cases. A circle is a group of predictions "
            + "that are about equally sure, the larger the more of them; on the dashed line they are as right as they are sure, below "
            + "it they are too sure.");
        if (Temperature is { } temperature && Before is not null)
        {
            html.Element("p", temperature == 1
                ? "The probabilities were left as they are (temperature 1): there were too few mistakes to tell."
                : $"One temperature, {Figure.Text($"{temperature:0.00}")}, was fitted on {FittedOn} and made the probabilities "
                    + $"{(temperature > 1 ? "less" : "more")} sure. {Remark}");
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
