using TransferLearning.Heads;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>Loss and accuracy over the epochs of one or several trainings. Immutable.</summary>
/// <param name="Trainings">The trained heads, each with the name of its training.</param>
internal sealed record TrainingCurvesSection(IReadOnlyList<(string Name, RetrainedHead Head)> Trainings) : IReportSection
{
    public string Title => "Training curves";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "Training lowers the loss. Where the loss still falls on the training images but rises on the validation "
            + "images, the model begins to learn the training images by heart (overfitting). The validation images choose nothing: the "
            + "number of epochs and the penalty come from the training images alone. The epoch that is marked is kept.");
        html.Open("p", ("class", "muted")).Element("span", "", ("class", "key")).Text("validation");
        html.Element("span", "", ("class", "key dashed")).Text("training").Close();
        foreach ((string name, RetrainedHead head) in Trainings)
        {
            if (Trainings.Count > 1)
            {
                html.Element("h3", name);
            }

            Write(html, name, head);
        }
    }

    private static void Write(HtmlWriter html, string name, RetrainedHead head)
    {
        if (head.History.Count == 0)
        {
            html.Element("p", "No epoch was run: the classifier that training started from could not be improved.");
            return;
        }

        html.Open("div", ("class", "charts"));
        Chart(html, $"Loss, {name}", head, e => e.TrainingLoss, e => e.ValidationLoss, "Loss (cross-entropy, nats)", areShares: false);
        if (head.History.Any(e => (e.TrainingAccuracy ?? e.ValidationAccuracy) is not null))
        {
            Chart(html, $"Accuracy, {name}", head, e => e.TrainingAccuracy, e => e.ValidationAccuracy, "Accuracy", areShares: true);
        }

        html.Close().Line();
    }

    private static void Chart(
        HtmlWriter html,
        string name,
        RetrainedHead head,
        Func<EpochProgress, double?> training,
        Func<EpochProgress, double?> validation,
        string caption,
        bool areShares)
    {
        EpochProgress last = head.BestEpoch > 0 ? head.History[head.BestEpoch - 1] : head.History[^1];
        string description = $"{name}, over {Figure.Of(head.History.Count, "epoch", "epochs")}. In epoch {last.Epoch}, which is kept: "
            + $"{Value(validation(last), areShares)} on the validation images, {Value(training(last), areShares)} on the training images.";
        html.Open("figure");
        LineChart.Write(
            html,
            description,
            [
                new LineSeries("second", [.. head.History.Select(training)]),
                new LineSeries("first", [.. head.History.Select(validation)]),
            ],
            head.BestEpoch,
            areShares);
        html.Element("figcaption", caption).Close();
    }

    private static string Value(double? value, bool isShare) =>
        value is null ? "not measured" : isShare ? Figure.Percent(value.Value) : Figure.Three(value.Value);
}
