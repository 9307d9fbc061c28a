using TransferLearning.Heads;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>
/// Charts of loss and accuracy over the epochs of a training: on the images that are learned from, and on the validation images or, where a
/// network is trained, on the training images that were held out.
/// </summary>
internal static class TrainingCurves
{
    /// <summary>Whether training images were held out to choose the epoch.</summary>
    public static bool HaveHeldOut(IReadOnlyList<EpochProgress> history) => history.Any(e => e.HeldOutLoss is not null);

    /// <summary>Explains the lines of the charts.</summary>
    public static void WriteKey(HtmlWriter html, bool haveHeldOut)
    {
        html.Open("p", ("class", "muted")).Element("span", "", ("class", "key")).Text(haveHeldOut ? "held out" : "validation");
        html.Element("span", "", ("class", "key dashed")).Text("training").Close();
    }

    /// <summary>Writes the charts.</summary>
    /// <param name="html">Where they are written.</param>
    /// <param name="name">The name of the training.</param>
    /// <param name="history">At least one epoch.</param>
    /// <param name="bestEpoch">The epoch that is kept, from 1; 0 for none.</param>
    public static void Write(HtmlWriter html, string name, IReadOnlyList<EpochProgress> history, int bestEpoch)
    {
        bool heldOut = HaveHeldOut(history);
        var curves = new Curves(html, name, history, bestEpoch, heldOut ? "the held-out images" : "the validation images");
        html.Open("div", ("class", "charts"));
        curves.Write("Loss", "Loss (cross-entropy, nats)", e => e.TrainingLoss, e => heldOut ? e.HeldOutLoss : e.ValidationLoss);
        if (history.Any(e => (e.TrainingAccuracy ?? e.ValidationAccuracy ?? e.HeldOutAccuracy) is not null))
        {
            curves.Write(
                "Accuracy", "Accuracy", e => e.TrainingAccuracy, e => heldOut ? e.HeldOutAccuracy : e.ValidationAccuracy, areShares: true);
        }

        html.Close().Line();
    }

    private sealed record Curves(
        HtmlWriter Html, string Name, IReadOnlyList<EpochProgress> History, int BestEpoch, string EvaluatedOn)
    {
        public void Write(
            string figure,
            string caption,
            Func<EpochProgress, double?> training,
            Func<EpochProgress, double?> evaluated,
            bool areShares = false)
        {
            EpochProgress last = BestEpoch > 0 ? History[BestEpoch - 1] : History[^1];
            string description = $"{figure}, {Name}, over {Figure.Of(History.Count, "epoch", "epochs")}. In epoch {last.Epoch}, which is "
                + $"kept: {Value(evaluated(last), areShares)} on {EvaluatedOn}, {Value(training(last), areShares)} on the training images.";
            Html.Open("figure");
            LineChart.Write(
                Html,
                description,
                [
                    new LineSeries("second", [.. History.Select(training)]),
                    new LineSeries("first", [.. History.Select(evaluated)]),
                ],
                BestEpoch,
                areShares);
            Html.Element("figcaption", caption).Close();
        }

        private static string Value(double? value, bool isShare) =>
            value is null ? "not measured" : isShare ? Figure.Percent(value.Value) : Figure.Three(value.Value);
    }
}
