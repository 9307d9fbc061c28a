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
        bool isNetwork = Trainings.Any(t => TrainingCurves.HaveHeldOut(t.Head.History));
        html.Element("p", isNetwork
            ? "Training lowers the loss. The images that were held out from the training images choose the epoch that is kept, which is "
                + "marked. Where the loss still falls on the images that are learned from but rises on these, the network begins to learn "
                + "the images by heart (overfitting)."
            : "Training lowers the loss. Where the loss still falls on the training images but rises on the validation "
                + "images, the model begins to learn the training images by heart (overfitting). The validation images choose nothing: the "
                + "number of epochs and the penalty come from the training images alone. The epoch that is marked is kept.");
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
