using TransferLearning.Advice;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Sections;
using TransferLearning.Reports.Sections.Advice;
using TransferLearning.Reports.Sections.Data;
using TransferLearning.Reports.Sections.Predictions;

namespace TransferLearning.Reports;

public sealed partial class Report
{
    /// <summary>A report of predictions: at most 200 pictures, those of none of the classes first, then those of each label.</summary>
    /// <param name="images">
    /// The images, as given to <see cref="TransferModel.PredictAll(ImageDataset, IProgress{int}?, CancellationToken)"/>.
    /// </param>
    /// <param name="predictions">Its result: one prediction per image, in order.</param>
    /// <exception cref="ArgumentException">The number of predictions is not that of the images.</exception>
    public static Report Of(ImageDataset images, IReadOnlyList<ImagePrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(predictions);
        if (images.Count != predictions.Count)
        {
            throw new ArgumentException(
                $"{images.Count} images need {images.Count} predictions, not {predictions.Count}", nameof(predictions));
        }

        PredictedImage[] predicted =
        [
            .. images.Images.Zip(predictions).Where(p => p.Second.Prediction is not null)
                .Select(p => new PredictedImage(p.First, p.Second.Prediction!)),
        ];
        string[] warnings = [.. predictions.Where(p => p.Error is not null).Select(p => $"left out '{p.Path}': {p.Error}")];
        return new Report(new ReportPage(
            "Predictions",
            "",
            [
                new SummarySection(
                    $"A model predicted the labels of {Figure.Of(predicted.Length, "image", "images")}.",
                    PredictionFigures.Of(predicted),
                    warnings),
                .. predicted.Length == 0
                    ? Array.Empty<IReportSection>()
                    : [new PredictedLabelsSection(predicted), new PredictedPicturesSection(predicted)],
            ]));
    }

    /// <summary>A report of the problems of a data set, with pictures of the copies.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="check">The result of its <see cref="ImageDataset.Check(IProgress{int}?, CancellationToken)"/>.</param>
    public static Report Of(ImageDataset data, DatasetCheck check)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(check);
        (ImageDataset train, ImageDataset? validation) =
            data.OwnSplit is { } split ? (split.Train, split.Validation) : (data, (ImageDataset?)null);
        return new Report(new ReportPage(
            $"Check: {DataName.Of(data.Name)}",
            "",
            [
                CheckSummary.Of(check),
                new DataSection(train, validation, null, []) { Check = check },
                new CopiesSection(check.Duplicates),
                new FileFindingsSection(check),
            ]));
    }

    /// <summary>A report of advice: the recommendation, the networks compared, and the learning curve.</summary>
    /// <param name="result">The result of <see cref="TransferPipeline.Advise(ImageDataset, AdviceOptions?)"/>.</param>
    public static Report Of(AdviceResult result) => Of(result, "", []);

    /// <summary>The same, with the name of the data, and the commands to type.</summary>
    internal static Report Of(AdviceResult result, string data, IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(result);
        string name = data.Length == 0 ? Figure.Of(result.Images, "image", "images") : DataName.Of(data);
        return new Report(new ReportPage(
            $"Advice: {name}",
            "",
            [
                new RecommendationSection(result, commands),
                new CandidatesSection(result),
                new LearningCurveSection(result.LearningCurve),
            ]));
    }
}
