using TransferLearning.Heads;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Training;

/// <summary>Loss and accuracy over the epochs of one or several trainings. Immutable.</summary>
/// <param name="Trainings">The trained heads, each with the name of its training.</param>
internal sealed record TrainingCurvesSection(IReadOnlyList<(string Name, RetrainedHead Head)> Trainings) : IReportSection
{
    private const string ValidationText =
        "Training lowers the loss. Where the loss still falls on the training images but rises on the validation "
        + "images, the model begins to learn the training images by heart (overfitting). The validation images choose nothing: the "
        + "number of epochs and the penalty come from the training images alone. The epoch that is marked is kept.";

    private const string HeldOutText =
        "Training lowers the loss. A part of the training images is held out: the network does not learn from it, and the epoch with the "
        + "lowest loss on it, which is marked, is kept. The loss on the images learned from is of other views of them in each epoch, and "
        + "includes label smoothing and what is learned from a teacher, so that it is higher.";

    public string Title => "Training curves";

    public void Write(HtmlWriter html, ReportRun run)
    {
        bool isNetwork = Trainings.All(t => TrainingCurves.HaveHeldOut(t.Head.History));
        html.Element("p", isNetwork ? HeldOutText : ValidationText);
        TrainingCurves.WriteKey(html, isNetwork);
        foreach ((string name, RetrainedHead head) in Trainings)
        {
            if (Trainings.Count > 1)
            {
                html.Element("h3", name);
            }

            if (head.History.Count == 0)
            {
                html.Element("p", "No epoch was run: the classifier that training started from could not be improved.");
            }
            else
            {
                TrainingCurves.Write(html, name, head.History, head.BestEpoch);
            }
        }
    }
}
