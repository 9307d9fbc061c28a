using TransferLearning.Data;
using TransferLearning.Strategies;
using TransferLearning.Strategies.CrossValidation;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Evaluates how good a classifier trained on these images is: trains on all folds but one and evaluates on that one, each in turn. The
    /// result holds the predictions for every image by heads that have not seen it, and a model trained on all images.
    /// </summary>
    /// <param name="path">A folder with one folder per class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened
    /// by Fit.</param>
    /// <param name="options">How to divide the images; null for the defaults.</param>
    /// <remarks>
    /// Each image is run through the network once, whatever the number of folds; the folds are trained several at a time, with
    /// <see cref="CrossValidationOptions.UnfrozenStages"/> one after the other. Images that the data set itself sets aside as its test
    /// part, beside a validation part, are left out. Not for <see cref="TransferPipeline{TResult}.WithValidation(double)"/>. Canceling
    /// throws, during training too; bottlenecks computed until then stay in the cache.
    /// </remarks>
    /// <example><code>
    /// var options = new CrossValidationOptions { Folds = 5, Repeats = 2 };
    /// CrossValidationResult result = TransferPipeline.CrossValidate("photos/", options).Fit();
    /// ConfidenceInterval interval = result.AccuracyInterval();
    /// Console.WriteLine($"accuracy {result.Accuracy:P1}, with 95% confidence in {interval.Lower:P1} .. {interval.Upper:P1}");
    /// </code></example>
    public static TransferPipeline<CrossValidationResult> CrossValidate(string path, CrossValidationOptions? options = null) =>
        CrossValidate(DataSource.At(path), options);

    /// <inheritdoc cref="CrossValidate(string, CrossValidationOptions?)"/>
    /// <param name="data">The labeled images.</param>
    /// <param name="options">How to divide the images; null for the defaults.</param>
    public static TransferPipeline<CrossValidationResult> CrossValidate(ImageDataset data, CrossValidationOptions? options = null) =>
        CrossValidate(DataSource.Of(data), options);

    private static TransferPipeline<CrossValidationResult> CrossValidate(DataSource data, CrossValidationOptions? options) =>
        new(new CrossValidationStrategy(data, options ?? new CrossValidationOptions()), new TransferSettings());
}
