using TransferLearning.Data.Findings;

namespace TransferLearning.Data;

public sealed partial class ImageDataset
{
    /// <summary>
    /// Reads and decodes every image, and finds what spoils a model or its figures: files that cannot be used, copies and near-copies,
    /// those of them that stand on both sides of the data set's own division or have different labels, groups that do, and how uneven the
    /// classes are.
    /// </summary>
    /// <param name="progress">Is told the number of images read; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <remarks>Near-copies are found by a perceptual hash and a thumbnail in color: no network is needed. The time to compare grows with
    /// the square of the images, and is small beside reading them up to some hundred thousand.</remarks>
    public DatasetCheck Check(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Check(Environment.ProcessorCount, progress, cancellationToken);

    /// <summary>Does the same on other threads than the caller's.</summary>
    /// <inheritdoc cref="Check(IProgress{int}?, CancellationToken)"/>
    public Task<DatasetCheck> CheckAsync(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Check(progress, cancellationToken), cancellationToken);

    /// <summary>Does the same on some threads; the result does not depend on how many.</summary>
    internal DatasetCheck Check(int threads, IProgress<int>? progress, CancellationToken cancellationToken) => DatasetChecker.Check(
        this, [.. _images.Select(i => i.Subset is DatasetSubset.Validation or DatasetSubset.Test)], threads, progress, cancellationToken);
}
