using TransferLearning.Data.Findings;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Data;

public sealed partial class ImageDataset
{
    /// <summary>
    /// Reads and decodes every image, and finds what harms a model or falsifies its figures: files that cannot be used, copies and
    /// near-copies, those of them on both sides of the data set's own split or with different labels, groups on both sides, and uneven
    /// classes.
    /// </summary>
    /// <param name="progress">Receives the number of images read; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <remarks>
    /// Blocks, and uses all processors. Near-copies are found by small copies of the images and by names, so no network is needed: pictures
    /// saved again, resized, brightened, mirrored, turned by 90, 180 or 270 degrees or cut by about a tenth, second shots of a scene, and
    /// images that are named as copies. Comparing 10,000 images takes about two seconds of one processor.
    /// </remarks>
    public DatasetCheck Check(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Check(threads: 0, progress, cancellationToken);

    /// <summary>Asynchronous counterpart of <see cref="Check(IProgress{int}?, CancellationToken)"/>; runs on the thread pool.</summary>
    /// <inheritdoc cref="Check(IProgress{int}?, CancellationToken)"/>
    public Task<DatasetCheck> CheckAsync(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Check(progress, cancellationToken), cancellationToken);

    /// <summary>Checks with a number of threads, 0 for one per processor; the result does not depend on it.</summary>
    internal DatasetCheck Check(int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        bool[] isValidation = [.. _images.Select(i => i.Subset is DatasetSubset.Validation or DatasetSubset.Test)];
        return Checker(isValidation, PartsOf(isValidation)).Run(WorkerThreads.Count(threads), progress, cancellationToken);
    }

    /// <summary>Checks these images as a training part, together with a validation part if there is one.</summary>
    internal DatasetCheck CheckWith(ImageDataset? validation, int threads, CancellationToken cancellationToken)
    {
        ImageDataset all = validation is null ? this : FromImages(Images.Concat(validation.Images));
        bool[] isValidation = [.. Enumerable.Range(0, all.Count).Select(i => i >= Count)];
        return all.Checker(isValidation, PartsOf(isValidation)).Run(threads, null, cancellationToken);
    }

    /// <summary>Checks these images as folds of a cross-validation, each of which is the validation part in turn.</summary>
    /// <param name="folds">[Count]: the fold of each image.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal DatasetCheck CheckFolds(IReadOnlyList<int> folds, int threads, CancellationToken cancellationToken) =>
        Checker(new bool[Count], folds).Run(threads, null, cancellationToken);

    private static int[] PartsOf(bool[] isValidation) => [.. isValidation.Select(v => v ? 1 : 0)];

    private DatasetChecker Checker(bool[] isValidation, IReadOnlyList<int> parts) => new(new CheckedImages
    {
        Images = _images,
        Labels = _labels,
        LabelIndices = _labelIndices,
        IsValidation = isValidation,
        Parts = parts,
        Findings = _findings,
    });
}
