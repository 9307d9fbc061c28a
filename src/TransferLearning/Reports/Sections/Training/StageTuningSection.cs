using TransferLearning.Evaluation;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;

namespace TransferLearning.Reports.Sections.Training;

/// <summary>The last stages of the network, trained after the head: what chose between them and the head alone. Immutable.</summary>
/// <param name="Tuning">The training.</param>
/// <param name="Metrics">How the model does on the validation images.</param>
internal sealed record StageTuningSection(StageTuningResult Tuning, ClassificationMetrics Metrics) : IReportSection
{
    public string Title => "Tuned stages";

    public void Write(HtmlWriter html, ReportRun run)
    {
        string rate = double.IsNaN(Tuning.LearningRate) ? "" : Figure.Text($", at a learning rate of {Tuning.LearningRate:g3}");
        string stages = Tuning.Stages == 1
            ? $"the last of {Tuning.NetworkStages} stages of the network was"
            : $"the last {Tuning.Stages} of {Tuning.NetworkStages} stages of the network were";
        html.Element("p", $"After the head, {stages} trained too{rate}. "
            + $"{Figure.Of(Tuning.HeldOutImages, "training image was", "training images were")} held out meanwhile: they chose the "
            + "epoch, and between the tuned stages and the head alone. "
            + Tuning switch
            {
                { IsOfAllImages: true } => "The tuned stages do better on them. They were then trained on all training images for as many "
                    + "epochs, and are part of the model.",
                { IsKept: true } => "The tuned stages do better on them, and are part of the model. They have not learned from the "
                    + "held-out images, because their training on all images did not end.",
                { BestEpoch: 0 } => "No epoch ended, so the model has the head alone.",
                _ => "The head alone does better on them, so the model has the head alone.",
            });
        html.OpenTable("Accuracy", "", "On held-out training images", "On the validation images");
        html.Open("tr").Element("th", "Head alone", ("scope", "row"));
        html.ShareCell(Tuning.HeadAccuracy, Figure.Percent(Tuning.HeadAccuracy));
        html.ShareCell(Tuning.HeadMetrics.Accuracy, Figure.Accuracy(Tuning.HeadMetrics)).Close();
        if (Tuning.BestEpoch > 0)
        {
            html.Open("tr").Element("th", "Tuned stages", ("scope", "row"));
            html.ShareCell(Tuning.TunedAccuracy, Figure.Percent(Tuning.TunedAccuracy));
            if (Tuning.IsKept)
            {
                html.ShareCell(Metrics.Accuracy, Figure.Accuracy(Metrics));
            }
            else
            {
                html.Element("td", "not evaluated");
            }

            html.Close();
        }

        html.CloseTable();
        if (Tuning.History.Count > 0)
        {
            TrainingCurves.WriteKey(html, haveHeldOut: true);
            TrainingCurves.Write(html, "tuned stages", Tuning.History, Tuning.BestEpoch);
        }
    }
}
