using TransferLearning.Evaluation;

namespace TransferLearning.Reports.Html;

/// <summary>Words figures for people who have never met them.</summary>
internal static class KeyFigures
{
    // Among fewer, hardly anything is not among the first five.
    private const int ClassesForTop5 = 10;

    /// <summary>What every judgment has.</summary>
    public static IEnumerable<KeyFigure> Of(ClassificationMetrics metrics) => Of(metrics, metrics);

    /// <param name="metrics">Which classes are right.</param>
    /// <param name="calibrated">How sure the model is.</param>
    public static IEnumerable<KeyFigure> Of(ClassificationMetrics metrics, ClassificationMetrics calibrated)
    {
        int right = (int)Math.Round(metrics.Accuracy * metrics.Images);
        var interval = ConfidenceInterval.OfShare(right, metrics.Images);
        int classes = metrics.ClassNames.Count;
        yield return new KeyFigure(
            "Accuracy",
            Figure.Percent(metrics.Accuracy),
            $"{Figure.Count(right)} of {Figure.Of(metrics.Images, "image", "images")} got the right class. For other images like these, "
                + $"expect {Figure.WholePercent(interval.Lower)} to {Figure.WholePercent(interval.Upper)}.");
        if (classes > ClassesForTop5)
        {
            yield return new KeyFigure(
                "Top-5 accuracy", Figure.Percent(metrics.Top5Accuracy), "The share of images whose class is among the five most probable.");
        }

        yield return new KeyFigure(
            "Macro F1",
            Figure.Three(metrics.MacroF1),
            "Balances false alarms and misses; every class counts the same, however few images it has. 1 is perfect.");
        yield return new KeyFigure(
            "Log loss",
            Figure.Three(calibrated.LogLoss),
            $"How surprised the model is by the truth. 0 is perfect; guessing among {classes} classes gives "
                + $"{Figure.Text($"{Math.Log(classes):0.00}")}.");
        yield return new KeyFigure(
            "Calibration error",
            Figure.Percent(calibrated.ExpectedCalibrationError),
            "How far the probabilities are, on average, from how often the model is right.");
    }

    /// <summary>The list.</summary>
    public static void Write(HtmlWriter html, IEnumerable<KeyFigure> figures)
    {
        html.Open("dl", ("class", "figures"));
        foreach (KeyFigure figure in figures)
        {
            html.Open("div").Element("dt", figure.Name);
            html.Element("dd", figure.Value, ("class", "value")).Element("dd", figure.Meaning).Close();
        }

        html.Close().Line();
    }
}
