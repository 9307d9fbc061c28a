using TransferLearning.Evaluation;

namespace TransferLearning.Reports.Html;

/// <summary>Explains figures to people who know no statistics.</summary>
internal static class KeyFigures
{
    // With fewer classes, nearly every image has its class among the first five.
    private const int MinClassesForTop5 = 11;

    /// <summary>The figures of every evaluation.</summary>
    public static IEnumerable<KeyFigure> Of(ClassificationMetrics metrics) =>
        Of(metrics, metrics, metrics.Accuracy, metrics.AccuracyInterval());

    /// <summary>The same, with the figures about probabilities from other metrics than those about classes.</summary>
    /// <param name="metrics">The metrics for the figures about classes.</param>
    /// <param name="calibrated">The metrics for the figures about probabilities.</param>
    /// <param name="accuracy">The accuracy, 0..1.</param>
    /// <param name="interval">The 95 % interval of the accuracy.</param>
    public static IEnumerable<KeyFigure> Of(
        ClassificationMetrics metrics, ClassificationMetrics calibrated, double accuracy, ConfidenceInterval interval)
    {
        int right = (int)Math.Round(accuracy * metrics.Images);
        int classes = metrics.ClassNames.Count;
        yield return new KeyFigure(
            "Accuracy",
            Figure.Percent(accuracy),
            $"{Figure.Count(right)} of {Figure.Of(metrics.Images, "image", "images")} got the right class. For other images like these, "
                + $"expect between {Figure.WholePercent(interval.Lower)} and {Figure.WholePercent(interval.Upper)} "
                + $"(the {Figure.WholePercent(interval.Level)} interval).");
        if (classes >= MinClassesForTop5)
        {
            var topInterval = ConfidenceInterval.OfShare(metrics.Top5Accuracy, metrics.Images);
            yield return new KeyFigure(
                "Top-5 accuracy",
                Figure.Percent(metrics.Top5Accuracy),
                $"The share of these {metrics.Images} images whose right class is among the five most probable ones. For other images like "
                    + $"these, expect {Figure.Range(topInterval)}.");
        }

        yield return new KeyFigure(
            "Macro F1",
            Figure.Three(metrics.MacroF1),
            "Weighs false alarms and misses equally. Every class counts the same, however few images it has. 1 is perfect.");
        yield return new KeyFigure(
            "Log loss",
            Figure.Three(calibrated.LogLoss),
            $"How low the probabilities of the right classes are. 0 is perfect; guessing among {classes} classes gives "
                + $"{Figure.Text($"{Math.Log(classes):0.00}")}.");
        yield return new KeyFigure(
            "Calibration error",
            Figure.Percent(calibrated.ExpectedCalibrationError),
            "The average difference between the predicted probability and how often the model is right. 0\u00A0% is perfect."
                + (metrics.Images < FewImages.MinEvaluated ? " With so few images, much of it is chance." : ""));
    }

    /// <summary>Writes the list.</summary>
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
