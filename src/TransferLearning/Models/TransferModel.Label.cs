using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Models.Labeling;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Labels a data set whose classes may be named differently or be others than the model's, and compares with the labels that it has.
    /// Names match by themselves where they differ only in letter case and punctuation, or in synonyms behind commas.
    /// </summary>
    /// <param name="data">The images, labeled or not.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Is told the number of finished images; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="LabelingOptions.Top"/> is below 1.</exception>
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
        foreach ((int index, ImagePrediction result) in PredictAll(data, progress, cancellationToken).Index())
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

        return new DatasetLabels(images, skipped, LabelAgreement.Measure(images, Labels, data.Labels, match, options.Top));
    }

    /// <summary>Does the same on other threads than the caller's.</summary>
    /// <inheritdoc cref="Label"/>
    public Task<DatasetLabels> LabelAsync(
        ImageDataset data,
        LabelingOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(() => Label(data, options, progress, cancellationToken), cancellationToken);
}
