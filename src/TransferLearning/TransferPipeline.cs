using TransferLearning.Data;
using TransferLearning.Strategies;
using TransferLearning.Strategies.CrossValidation;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning;

/// <summary>
/// The entry to transfer learning: names what to do and with which data. What comes back says how, through its <c>With...</c> methods, and
/// does it, through <see cref="TransferPipeline{TResult}.Fit"/>.
/// </summary>
/// <example><code>FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();</code></example>
public static partial class TransferPipeline
{
    /// <summary>Retrains the head of a network on one data set.</summary>
    /// <param name="path">A folder with a folder a class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened by
    /// Fit.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<FineTuningResult> FineTune(string path, FineTuningOptions? options = null) =>
        FineTune(DataSource.At(path), null, options);

    /// <summary>Retrains the head of a network on one data set.</summary>
    /// <param name="data">The labeled images.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<FineTuningResult> FineTune(ImageDataset data, FineTuningOptions? options = null) =>
        FineTune(DataSource.Of(data), null, options);

    /// <summary>
    /// Retrains the head of a network on a small data set, then tunes it on a larger one. Classes that only the larger set has are added;
    /// those that only the small set has stay, for its images of them are learned from again.
    /// </summary>
    /// <param name="small">A folder, manifest or archive: see <see cref="ImageDataset.Open"/>. It is opened by Fit.</param>
    /// <param name="tuneOn">The larger data set, likewise.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<FineTuningResult> FineTune(string small, string tuneOn, FineTuningOptions? options = null) =>
        FineTune(DataSource.At(small), DataSource.At(tuneOn), options);

    /// <inheritdoc cref="FineTune(string, string, FineTuningOptions?)"/>
    /// <param name="small">The small data set's labeled images.</param>
    /// <param name="tuneOn">The larger data set's labeled images.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<FineTuningResult> FineTune(ImageDataset small, ImageDataset tuneOn, FineTuningOptions? options = null) =>
        FineTune(DataSource.Of(small), DataSource.Of(tuneOn), options);

    /// <summary>
    /// Judges how good a classifier from these images is: trains on all folds but one and judges on that one, each in turn. The images go
    /// through the network once. The result holds predictions for every image by heads that had not seen it, and a model trained on all.
    /// Images that the data set itself sets aside as its test part, beside a validation part, are left out. Canceling throws; bottlenecks
    /// stay in the cache.
    /// </summary>
    /// <param name="path">A folder with a folder a class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened by
    /// Fit.</param>
    /// <param name="options">How to divide the images; null for the defaults.</param>
    public static TransferPipeline<CrossValidationResult> CrossValidate(string path, CrossValidationOptions? options = null) =>
        CrossValidate(DataSource.At(path), options);

    /// <inheritdoc cref="CrossValidate(string, CrossValidationOptions?)"/>
    /// <param name="data">The labeled images.</param>
    /// <param name="options">How to divide the images; null for the defaults.</param>
    public static TransferPipeline<CrossValidationResult> CrossValidate(ImageDataset data, CrossValidationOptions? options = null) =>
        CrossValidate(DataSource.Of(data), options);

    private static TransferPipeline<FineTuningResult> FineTune(DataSource data, DataSource? tuneOn, FineTuningOptions? options) =>
        new(new FineTuningStrategy(data, tuneOn, options ?? new FineTuningOptions()), new TransferSettings());

    private static TransferPipeline<CrossValidationResult> CrossValidate(DataSource data, CrossValidationOptions? options) =>
        new(new CrossValidationStrategy(data, options ?? new CrossValidationOptions()), new TransferSettings());
}
