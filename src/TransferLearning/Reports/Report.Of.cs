using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;
using TransferLearning.Reports.Sections;
using TransferLearning.Reports.Sections.Data;
using TransferLearning.Reports.Sections.Training;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Reports;

public sealed partial class Report
{
    private const int MaxLabelErrors = 48;
    private const int MaxHardImages = 12;

    /// <summary>A report of a fine-tuning.</summary>
    /// <param name="result">The result of the strategy.</param>
    /// <example><code>
    /// FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
    /// await Report.Of(result).SaveAsync("report.html");
    ///
    /// ModelEvaluation evaluation = result.Model.Evaluate(ImageDataset.Open("photos-large/"));
    /// await Report.Of(evaluation).SaveAsync("evaluation.html");
    /// </code></example>
    public static Report Of(FineTuningResult result) => Of(result, Verdict.Of(result));

    /// <summary>The same, with the verdict of the command, whose next steps have its options.</summary>
    internal static Report Of(FineTuningResult result, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result, verdict, "Fine-tuning");
    }

    /// <summary>A report of a pre-training.</summary>
    /// <param name="result">The result of the strategy. For a network that was not trained, the report has its cost only.</param>
    public static Report Of(PreTrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.HeadTraining is not null)
        {
            return Of(result, Verdict.Of(result));
        }

        string introduction = "A pre-trained network was used without further training. It has "
            + $"{Figure.Of(result.Classes.Count, "class", "classes")}.";
        return new Report(new ReportPage(
            "Pre-trained network",
            Subtitle(result.Model),
            [new SummarySection(introduction, [], result.Warnings), new CostSection(result.Model, null, null)]));
    }

    /// <summary>The same of a training, with the verdict of the command, whose next steps have its options.</summary>
    internal static Report Of(PreTrainingResult result, Verdict verdict) =>
        Of(result.HeadTraining!, verdict, "Pre-training", Network(result));

    /// <summary>A report of a cross-validation, with the folds, label errors and hardest images.</summary>
    /// <param name="result">The result of the strategy.</param>
    public static Report Of(CrossValidationResult result) => Of(result, Verdict.Of(result));

    /// <summary>The same, with the verdict of the command, whose next steps have its options.</summary>
    internal static Report Of(CrossValidationResult result, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(result);
        EvaluatedImages evaluated = result.OutOfFold.Evaluated;
        string introduction = $"How good is a classifier trained on these {Figure.Of(evaluated.Images.Count, "image", "images")} of "
            + $"{Figure.Of(evaluated.Images.Labels.Count, "class", "classes")}, on images that it has not seen? The images were divided "
            + $"into {result.Folds.Count} folds. For each fold, a classifier was trained on the other folds, and then predicted the images "
            + "of this one. All figures below are about these predictions.";
        var cost = new TrainingCost(result.Extraction, result.SecondsTraining);
        return new Report(new ReportPage(
            $"Cross-validation: {DataName.Of(evaluated.Images.Name)}",
            Subtitle(result.Model),
            [
                new VerdictSection(verdict),
                new SummarySection(
                    introduction,
                    [.. KeyFigures.Of(evaluated.Metrics, result.CalibratedMetrics, result.Accuracy, result.AccuracyInterval())],
                    result.Warnings),
                new FoldsSection(result),
                LabelErrors(result.OutOfFold),
                HardestImages(result.OutOfFold),
                new ConfusionSection(evaluated.Metrics.Confusion),
                new PerClassSection(evaluated.Metrics.PerClass),
                new CalibrationSection(result.CalibratedMetrics, result.UncalibratedMetrics, result.Calibration.Temperature)
                {
                    FittedOn = "these predictions",
                    Remark = "The most probable class of an image stays the same. In the chart after the temperature, each fold has the "
                        + "temperature that was fitted on the other folds, so that no image is evaluated with what was fitted on it.",
                },
                new DataSection(evaluated.Images, null, result.OutOfFold.Folds.ToArray(), result.Extraction.Skipped),
                new CostSection(result.Model, evaluated.Images, cost),
            ]));
    }

    /// <summary>A report of a parallel training, with the segments and the pseudo-labels.</summary>
    /// <param name="result">The result of the strategy.</param>
    public static Report Of(ParallelTrainingResult result) => Of(result, Verdict.Of(result));

    /// <summary>The same, with the verdict of the command, whose next steps have its options.</summary>
    internal static Report Of(ParallelTrainingResult result, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(result);
        string introduction = $"A first model was trained on {Figure.Of(result.TrainImages, "labeled image", "labeled images")} and "
            + $"labeled {Figure.Of(result.PseudoLabels.Count, "image", "images")} of a larger set. With these, a model was trained on each "
            + $"of {Figure.Of(result.Segments.Count, "segment", "segments")} of that set, and the models were combined. The accuracy of "
            + $"the first model is {Figure.Accuracy(result.SmallSetMetrics)}, that of the combined model "
            + $"{Figure.Accuracy(result.CombinedMetrics)}.";
        ClassificationMetrics before = result.KeptSmallSetModel ? result.SmallSetMetrics : result.CombinedMetrics;
        var cost = new TrainingCost(result.Extraction, result.SecondsTraining);
        return new Report(new ReportPage(
            $"Parallel training: {DataName.Of(result.Validation.Images.Name)}",
            Subtitle(result.Model),
            [
                new VerdictSection(verdict),
                new SummarySection(introduction, [.. KeyFigures.Of(result.Metrics)], Warnings(result.Warnings, result.Canceled))
                {
                    Hints = Hints(result.Metrics),
                },
                new SegmentsSection(result),
                new PseudoLabelsSection(result),
                new TrainingCurvesSection(
                    [("small set alone", result.SmallSetTraining), .. result.Segments.Select(s => ($"segment {s.Name}", s.Training))]),
                .. Evaluation(result.Validation, new CalibrationSection(result.Metrics, before, result.Calibration.Temperature)
                {
                    FittedOn = "the small set's training images, each predicted by a classifier that had not seen it",
                    Remark = "The most probable class of an image stays the same, except where the heads of an ensemble disagree.",
                }),
                new OcclusionSection(result.Model, Examples.ToOcclude(result.Validation)),
                new DataSection(result.TrainingData, result.Validation.Images, null, result.Extraction.Skipped),
                new CostSection(result.Model, result.Validation.Images, cost),
            ]));
    }

    /// <summary>A report of an evaluation.</summary>
    /// <param name="evaluation">
    /// The result of <see cref="TransferModel.Evaluate(ImageDataset, IProgress{int}?, CancellationToken)"/>.
    /// </param>
    public static Report Of(ModelEvaluation evaluation) => Of(evaluation, Verdict.Of(evaluation));

    /// <summary>The same, with the verdict of the command, whose next steps have its options.</summary>
    internal static Report Of(ModelEvaluation evaluation, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        EvaluatedImages evaluated = evaluation.Evaluated;
        string introduction = $"A model of {Figure.Of(evaluated.Images.Labels.Count, "class", "classes")} was evaluated on "
            + $"{Figure.Of(evaluated.Images.Count, "labeled image", "labeled images")}.";
        return new Report(new ReportPage(
            $"Evaluation: {DataName.Of(evaluated.Images.Name)}",
            Subtitle(evaluation.Model),
            [
                new VerdictSection(verdict),
                new SummarySection(introduction, [.. KeyFigures.Of(evaluated.Metrics)], evaluation.Warnings)
                {
                    Hints = Hints(evaluated.Metrics),
                },
                .. Evaluation(evaluated, new CalibrationSection(evaluated.Metrics)),
                new OcclusionSection(evaluation.Model, Examples.ToOcclude(evaluated)),
                new DataSection(evaluated.Images, null, null, evaluation.Skipped),
                new CostSection(evaluation.Model, evaluated.Images, null),
            ]));
    }

    /// <summary>A report of the labels that a model predicts for a data set.</summary>
    /// <param name="labels">The result of <see cref="TransferModel.Label"/>.</param>
    public static Report Of(DatasetLabels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new Report(new ReportPage("Labels for a data set", "", LabelSections.Of(labels)));
    }

    /// <summary>What was trained from random weights, as a sentence; empty where no network was.</summary>
    private static string Network(PreTrainingResult result)
    {
        if (result is not { Backbone: { } backbone, Architecture: { } architecture })
        {
            return "";
        }

        string teacher = result.Teacher is { } network ? $", and also learned from the features of the network {network.Name}" : "";
        return $" Its network, {architecture} for {backbone.Preprocessing.Width} x {backbone.Preprocessing.Height} pixels, began with "
            + $"random weights{teacher}.";
    }

    private static Report Of(FineTuningResult result, Verdict verdict, string name, string remark = "")
    {
        string introduction = $"A classifier for {Figure.Of(result.Classes.Count, "class", "classes")} was trained on "
            + $"{Figure.Of(result.TrainImages, "image", "images")} and evaluated on "
            + $"{Figure.Of(result.ValidationImages, "image", "images")} that it had not seen.{Continued(result.Continuation)}{remark}";
        ClassificationMetrics before = result.Steps[^1].MetricsOnLarger ?? result.Steps[^1].Metrics;
        var cost = new TrainingCost(result.Extraction, result.SecondsTraining);
        return new Report(new ReportPage(
            $"{name}: {DataName.Of(result.Steps[^1].Data)}",
            Subtitle(result.Model),
            [
                new VerdictSection(verdict),
                new SummarySection(introduction, [.. KeyFigures.Of(result.Metrics)], Warnings(result.Warnings, result.Canceled))
                {
                    Hints = Hints(result.Metrics),
                },
                .. result.Steps.Count > 1 ? [new StepsSection(result.Steps)] : Array.Empty<IReportSection>(),
                .. result.Tuning is { } tuning ? [new StageTuningSection(tuning, result.Metrics)] : Array.Empty<IReportSection>(),
                new TrainingCurvesSection([.. result.Steps.Select(s => (DataName.Of(s.Data), s.Training))]),
                .. Evaluation(result.Validation, new CalibrationSection(result.Metrics, before, result.Calibration.Temperature)),
                new OcclusionSection(result.Model, Examples.ToOcclude(result.Validation)),
                new DataSection(result.TrainingData, result.Validation.Images, null, result.Extraction.Skipped),
                new CostSection(result.Model, result.Validation.Images, cost),
            ]));
    }

    private static string Continued(Continuation? continuation) => continuation switch
    {
        null => "",
        { Before: { } before, After: { } after } =>
            $" It continues a model of {Figure.Of(continuation.KnownClasses.Count, "class", "classes")}. On new images of these classes, "
                + $"the accuracy was {Figure.Accuracy(before)} before and is {Figure.Accuracy(after)} now.",
        _ => $" It continues a model of {Figure.Of(continuation.KnownClasses.Count, "class", "classes")}.",
    };

    private static IEnumerable<IReportSection> Evaluation(EvaluatedImages evaluated, CalibrationSection calibration) =>
    [
        new ConfusionSection(evaluated.Metrics.Confusion),
        new PerClassSection(evaluated.Metrics.PerClass),
        calibration,
        Examples.WorstMistakes(evaluated),
    ];

    private static PicturesSection LabelErrors(OutOfFoldPredictions predictions) => new(
        "Probably wrong labels",
        $"{Figure.Of(predictions.LabelErrors.Count, "image has a label that is", "images have labels that are")} probably wrong, "
            + "the most certain first (confident learning; Northcutt et al., 2021). The command transfer cross-validate lists all of them "
            + "with its option --label-errors.",
        "No label seems to be wrong.",
        [
            .. predictions.LabelErrors.Take(MaxLabelErrors).Select(e => new PictureItem(
                e.Image, "Labeled ", e.Image.Label!, $" ({Figure.Percent(e.Probability)}), probably ", e.Suggested)),
        ]);

    private static PicturesSection HardestImages(OutOfFoldPredictions predictions) => new(
        "Hardest images",
        "The images whose own class got the lowest probability: their labels may be wrong, or they are hard to recognize.",
        "",
        [
            .. predictions.HardestImages(MaxHardImages).Select(h => new PictureItem(
                h.Image, "Labeled ", h.Image.Label!, $" ({Figure.Percent(h.Probability)}), predicted as ", h.Predicted)),
        ]);

    private static IReadOnlyList<string> Warnings(IReadOnlyList<string> warnings, bool canceled) =>
        canceled ? [.. warnings, "the training was canceled; the model is the best one up to that point"] : warnings;

    private static string[] Hints(ClassificationMetrics metrics) =>
        [.. new[] { FewImages.Hint(metrics.Images, "the command transfer cross-validate, or TransferPipeline.CrossValidate,") }
            .OfType<string>()];

    private static string Subtitle(TransferModel model) => string.Join(
        ", ",
        new[]
        {
            model.Origin.Created is { } created ? Figure.Text($"{created.ToUniversalTime():d MMMM yyyy, HH:mm} UTC") : null,
            model.Origin.Backbone is { } backbone ? $"network {backbone}" : null,
        }.OfType<string>());
}
