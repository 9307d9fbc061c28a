using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Models.Labeling;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Predicts labels for a data set whose classes may have other names than the model's, or be other classes, and measures how far they
    /// agree with the data set's own labels. Blocks.
    /// </summary>
    /// <param name="data">The images, with or without labels.</param>
    /// <param name="options">Which names mean the same class, and how agreement is counted; null for the defaults.</param>
    /// <param name="progress">Receives the number of images finished so far; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>
    /// One prediction per image that can be read and decoded; the others are in <see cref="DatasetLabels.Skipped"/>.
    /// </returns>
    /// <remarks>
    /// Two names match where they differ only in letter case and punctuation, or where one is a synonym of the other after a comma;
    /// <see cref="LabelingOptions.Map"/> adds more. Uses all processors. Costs one prediction per image.
    /// </remarks>
    /// <example><code>
    /// using TransferModel model = TransferModel.Load("flowers.onnx");
    /// DatasetLabels labels = model.Label(ImageDataset.Open("photos-large/"));
    /// using StreamWriter rows = File.CreateText("labels.csv");
    /// labels.WriteCsv(rows, top: 3);
    /// Console.WriteLine($"{labels.Images.Count} images labeled, agreement {labels.Agreement?.Agreement:P1}");
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="LabelingOptions.Top"/> is below 1.</exception>
    /// <exception cref="TransferLearningException">
    /// The model is damaged, as for <see cref="TransferModel.Predict(string, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public DatasetLabels Label(
        ImageDataset data, LabelingOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new LabelingOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Top, 1, nameof(options));
        int[] match = LabelMatch.Find(Labels, data.Labels, options.Map);
        var positions = Labels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        var images = new List<LabeledPrediction>();
        var skipped = new List<SkippedImage>();
        bool hashes = KeepsTrainingHashes && data.Labels.Count > 0;
        IReadOnlyList<ImagePrediction> predictions = PredictAll(data, threads: 0, hashes, progress, cancellationToken);
        foreach ((int index, ImagePrediction result) in predictions.Index())
        {
            if (result.Prediction is { } prediction)
            {
                int target = match[positions[prediction.Label]];
                string? meant = target >= 0 ? data.Labels[target] : null;
                images.Add(new LabeledPrediction(result.Path, prediction, meant, data.Images[index].Label));
            }
            else
            {
                skipped.Add(new SkippedImage(result.Path, result.Error!));
            }
        }

        var agreement = LabelAgreement.Measure(images, Labels, data.Labels, match, options.Top);
        HashSet<int> matched = [.. match];
        int[] compared =
        [
            .. Enumerable.Range(0, data.Count).Where(i =>
                predictions[i].Prediction is not null && data.LabelIndices[i] is >= 0 and var label && matched.Contains(label)),
        ];
        return new DatasetLabels(images, skipped, agreement)
        {
            TrainingOverlap = agreement is null ? null : FindTrainingImages(data.Select(compared)),
        };
    }

    /// <summary>Asynchronous counterpart of <see cref="Label"/>; runs on the thread pool.</summary>
    /// <inheritdoc cref="Label"/>
    public Task<DatasetLabels> LabelAsync(
        ImageDataset data,
        LabelingOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(() => Label(data, options, progress, cancellationToken), cancellationToken);
}
