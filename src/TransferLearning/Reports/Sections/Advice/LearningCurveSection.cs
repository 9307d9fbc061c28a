using TransferLearning.Advice;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Advice;

/// <summary>How accuracy grows with the number of images. Immutable.</summary>
internal sealed record LearningCurveSection(LearningCurve Curve) : IReportSection
{
    public string Title => "More images";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", Figure.Text($"Twice the images would give about {Curve.GainFromTwiceTheImages:0.0} points more. ")
            + "The circles were measured. The dashed line is the power law that was fitted to them (Hestness et al., 2017): beyond the "
            + "last circle, it is a guess.");
        html.Open("div", ("class", "beside")).Open("figure", ("class", "chart"));
        LearningCurveChart.Write(html, Curve);
        html.Element("figcaption", "Accuracy over the number of training images").Close();
        html.OpenTable("Measured accuracy by the number of training images", "Training images", "Accuracy");
        foreach (LearningCurvePoint point in Curve.Points)
        {
            html.Open("tr").Element("th", Figure.Text($"{point.TrainImages:0}"), ("scope", "row"));
            html.ShareCell(point.Accuracy, Figure.Percent(point.Accuracy)).Close();
        }

        double twice = 2 * Curve.Points[^1].TrainImages;
        html.Open("tr").Element("th", Figure.Text($"{twice:0}, expected"), ("scope", "row"));
        html.ShareCell(Curve.Predict(twice), Figure.Percent(Curve.Predict(twice))).Close();
        html.CloseTable().Close();
    }
}
