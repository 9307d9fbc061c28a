using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;
using TransferLearning.Reports.Sections;
using TransferLearning.Strategies;

namespace TransferLearning.Reports;

public sealed partial class Report
{
    private const int MaxLabelErrors = 48;
    private const int MaxHardImages = 12;

    /// <summary>The report of a fine-tuning.</summary>
    /// <param name="result">What came out.</param>
    public static Report Of(FineTuningResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result, "Fine-tuning");
    }

    /// <summary>The report of a pre-training.</summary>
    /// <param name="result">What came out. A network that was taken as it is has no figures, only its cost.</param>
    public static Report Of(PreTrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.HeadTraining is { } training)
        {
            return Of(training, "Pre-training");
        }

        string introduction = $"A pre-trained network was taken as it is: {Figure.Of(result.Classes.Count, "class", "classes")}.";
        return new Report(new ReportPage(
            "Pre-trained network",
            Subtitle(result.Model),
            [new SummarySection(introduction, [], result.Warnings), new CostSection(result.Model, null, null)]));
    }

    /// <summary>The report of a cross-validation: with the folds, label errors and hardest images.</summary>
    /// <param name="result">What came out.</param>
    public static Report Of(CrossValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        EvaluatedImages judged = result.OutOfFold.Judged;
        string introduction = $"How good is a classifier from these {Figure.Of(judged.Images.Count, "image", "images")} of "
            + $"{Figure.Of(judged.Images.Labels.Count, "class", "classes")} on images that it has not seen? They were divided into "
            + $"{result.Folds.Count} folds; for each, a head was trained on the others. All that follows is about predictions by heads "
            + "that had not seen the image.";
        var cost = new ExtractionCost(result.SecondsExtracting, result.SecondsTraining, result.CacheHits, result.CacheMisses);
        return new Report(new ReportPage(
            $"Cross-validation: {DataName.Of(judged.Images.Name)}",
            Subtitle(result.Model),
            [
                new SummarySection(introduction, [.. KeyFigures.Of(judged.Metrics, result.CalibratedMetrics)], result.Warnings),
                new FoldsSection(result),
                LabelErrors(result.OutOfFold),
                HardestImages(result.OutOfFold),
                new ConfusionSection(judged.Metrics.Confusion),
                new PerClassSection(judged.Metrics.PerClass),
                new CalibrationSection(result.CalibratedMetrics, result.UncalibratedMetrics, result.Calibration.Temperature)
                {
                    FittedOn = "these predictions",
                    Remark = "Which class is the most probable does not change. After the temperature, each fold is shown at the one that "
                        + "the other folds give, so that no image judges what was fitted on it.",
                },
                new DataSection(judged.Images, null, result.OutOfFold.Folds.ToArray(), result.Skipped),
                new CostSection(result.Model, judged.Images, cost),
            ]));
    }

    /// <summary>The report of a parallel training: with the segments and the pseudo-labels.</summary>
    /// <param name="result">What came out.</param>
    public static Report Of(ParallelTrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string introduction = $"A small set of {Figure.Of(result.TrainImages, "labeled image", "labeled images")} taught "
            + $"{Figure.Of(result.PseudoLabels.Count, "image", "images")} of a larger set, in "
            + $"{Figure.Of(result.Segments.Count, "segment", "segments")}. The small set alone gives "
            + $"{Figure.Percent(result.SmallSetMetrics.Accuracy)}, the combined model {Figure.Percent(result.CombinedMetrics.Accuracy)}.";
        ClassificationMetrics before = result.KeptSmallSetModel ? result.SmallSetMetrics : result.CombinedMetrics;
        var cost = new ExtractionCost(result.SecondsExtracting, result.SecondsTraining, result.CacheHits, result.CacheMisses);
        return new Report(new ReportPage(
            $"Parallel training: {DataName.Of(result.Validation.Images.Name)}",
            Subtitle(result.Model),
            [
                new SummarySection(introduction, [.. KeyFigures.Of(result.Metrics)], Warnings(result.Warnings, result.Canceled)),
                new SegmentsSection(result),
                new PseudoLabelsSection(result),
                new TrainingCurvesSection(
                    [("small set alone", result.SmallSetTraining), .. result.Segments.Select(s => ($"segment {s.Name}", s.Training))]),
                .. Judgment(result.Validation, new CalibrationSection(result.Metrics, before, result.Calibration.Temperature)
                {
                    FittedOn = "the small set's validation images",
                    Remark = "Which class is the most probable does not change, but for images on which the heads of an ensemble disagree.",
                }),
                new OcclusionSection(result.Model, Examples.ToOcclude(result.Validation)),
                new DataSection(result.TrainingData, result.Validation.Images, null, result.Skipped),
                new CostSection(result.Model, result.Validation.Images, cost),
            ]));
    }

    /// <summary>The report of an evaluation.</summary>
    /// <param name="evaluation">
    /// What came out of <see cref="TransferModel.Evaluate(ImageDataset, IProgress{int}?, CancellationToken)"/>.
    /// </param>
    public static Report Of(ModelEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        EvaluatedImages judged = evaluation.Judged;
        string introduction = $"A model of {Figure.Of(judged.Images.Labels.Count, "class", "classes")} was judged on "
            + $"{Figure.Of(judged.Images.Count, "labeled image", "labeled images")}.";
        return new Report(new ReportPage(
            $"Evaluation: {DataName.Of(judged.Images.Name)}",
            Subtitle(evaluation.Model),
            [
                new SummarySection(introduction, [.. KeyFigures.Of(judged.Metrics)], []),
                .. Judgment(judged, new CalibrationSection(judged.Metrics)),
                new OcclusionSection(evaluation.Model, Examples.ToOcclude(judged)),
                new DataSection(judged.Images, null, null, evaluation.Skipped),
                new CostSection(evaluation.Model, judged.Images, null),
            ]));
    }

    /// <summary>The report of the labels that a model gave to a data set.</summary>
    /// <param name="labels">What came out of <see cref="TransferModel.Label"/>.</param>
    public static Report Of(DatasetLabels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new Report(new ReportPage("Labels for a data set", "", LabelSections.Of(labels)));
    }

    private static Report Of(FineTuningResult result, string name)
    {
        string introduction = $"A classifier for {Figure.Of(result.Classes.Count, "class", "classes")} was trained on "
            + $"{Figure.Of(result.TrainImages, "image", "images")} and judged on {Figure.Of(result.ValidationImages, "image", "images")} "
            + $"that it had not seen.{Continued(result.Continuation)}";
        ClassificationMetrics before = result.Steps[^1].MetricsOnLarger ?? result.Steps[^1].Metrics;
        var cost = new ExtractionCost(result.SecondsExtracting, result.SecondsTraining, result.CacheHits, result.CacheMisses);
        return new Report(new ReportPage(
            $"{name}: {DataName.Of(result.Steps[^1].Data)}",
            Subtitle(result.Model),
            [
                new SummarySection(introduction, [.. KeyFigures.Of(result.Metrics)], Warnings(result.Warnings, result.Canceled)),
                .. result.Steps.Count > 1 ? [new StepsSection(result.Steps)] : Array.Empty<IReportSection>(),
                new TrainingCurvesSection([.. result.Steps.Select(s => (DataName.Of(s.Data), s.Training))]),
                .. Judgment(result.Validation, new CalibrationSection(result.Metrics, before, result.Calibration.Temperature)),
                new OcclusionSection(result.Model, Examples.ToOcclude(result.Validation)),
                new DataSection(result.TrainingData, result.Validation.Images, null, result.Skipped),
                new CostSection(result.Model, result.Validation.Images, cost),
            ]));
    }

    private static string Continued(Continuation? continuation) => continuation switch
    {
        null => "",
        { Before: { } before, After: { } after } =>
            $" It goes on from a model of {Figure.Of(continuation.KnownClasses.Count, "class", "classes")}, whose accuracy on new images of "
                + $"these classes was {Figure.Percent(before.Accuracy)} before and is {Figure.Percent(after.Accuracy)} now.",
        _ => $" It goes on from a model of {Figure.Of(continuation.KnownClasses.Count, "class", "classes")}.",
    };

    private static IEnumerable<IReportSection> Judgment(EvaluatedImages judged, CalibrationSection calibration) =>
    [
        new ConfusionSection(judged.Metrics.Confusion),
        new PerClassSection(judged.Metrics.PerClass),
        calibration,
        Examples.WorstMistakes(judged),
    ];

    private static PicturesSection LabelErrors(OutOfFoldPredictions predictions) => new(
        "Probably wrong labels",
        $"{Figure.Of(predictions.LabelErrors.Count, "image has a label that is", "images have labels that are")} probably wrong, "
            + "the surest first (confident learning; Northcutt et al., 2021). The option --label-errors of transfer cross-validate "
            + "lists all of them.",
        "No label seems to be wrong.",
        [
            .. predictions.LabelErrors.Take(MaxLabelErrors).Select(e => new PictureItem(
                e.Image, "Labeled ", e.Image.Label!, $" ({Figure.Percent(e.Probability)}), probably ", e.Suggested)),
        ]);

    private static PicturesSection HardestImages(OutOfFoldPredictions predictions) => new(
        "Hardest images",
        "The images whose own class was found least probable, whether their labels are wrong or they are hard to tell.",
        "",
        [
            .. predictions.HardestImages(MaxHardImages).Select(h => new PictureItem(
                h.Image, "Labeled ", h.Image.Label!, $" ({Figure.Percent(h.Probability)}), taken for ", h.Predicted)),
        ]);

    private static IReadOnlyList<string> Warnings(IReadOnlyList<string> warnings, bool canceled) =>
        canceled ? [.. warnings, "the training was canceled; the model is the best until then"] : warnings;

    private static string Subtitle(TransferModel model) => string.Join(
        ", ",
        new[]
        {
            model.Origin.Created is { } created ? Figure.Text($"{created.ToUniversalTime():d MMMM yyyy, HH:mm} UTC") : null,
            model.Origin.Backbone is { } backbone ? $"network {backbone}" : null,
        }.OfType<string>());
}
