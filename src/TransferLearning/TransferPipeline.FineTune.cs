using TransferLearning.Data;
using TransferLearning.Strategies;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Retrains the head of a network on one data set, then its last stages where <see cref="FineTuningOptions.UnfrozenStages"/> says so,
    /// and evaluates the model on the validation part.
    /// </summary>
    /// <param name="path">A folder with one folder per class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened
    /// by Fit.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <remarks>Fit runs each image through the network once, which takes most of the time; training the head takes seconds, that of stages
    /// minutes or hours. Canceled during training, Fit returns the best model until then.</remarks>
    /// <example><code>
    /// FineTuningResult result = TransferPipeline.FineTune("photos/").WithSeed(1).Fit();
    /// foreach (ClassMetrics row in result.Metrics.PerClass)
    /// {
    ///     Console.WriteLine($"{row.Name}: precision {row.Precision:0.00}, recall {row.Recall:0.00}, {row.Support} images");
    /// }
    ///
    /// result.Model.Save("flowers.onnx");
    /// </code></example>
    public static TransferPipeline<FineTuningResult> FineTune(string path, FineTuningOptions? options = null) =>
        FineTune(DataSource.At(path), null, options);

    /// <inheritdoc cref="FineTune(string, FineTuningOptions?)"/>
    /// <param name="data">The labeled images.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<FineTuningResult> FineTune(ImageDataset data, FineTuningOptions? options = null) =>
        FineTune(DataSource.Of(data), null, options);

    /// <summary>
    /// Retrains the head of a network on a small data set, then tunes it on a larger one. Classes that only the larger set has are added;
    /// those that only the small set has stay, for its images of them are learned from again. Unfrozen stages are trained last, on the
    /// larger one.
    /// </summary>
    /// <param name="small">A folder with one folder per class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened
    /// by Fit.</param>
    /// <param name="tuneOn">The larger data set, likewise.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <remarks>The head is evaluated on the validation parts of both data sets after each step. Canceled during training, Fit returns the
    /// best model until then.</remarks>
    /// <example><code>
    /// FineTuningResult result = TransferPipeline.FineTune("photos-small/", tuneOn: "photos-large/").Fit();
    /// foreach (FineTuningStep step in result.Steps)
    /// {
    ///     Console.WriteLine($"{step.Data}: {step.Metrics.Accuracy:P1} on the small set");
    ///     Console.WriteLine($"{step.Data}: {step.MetricsOnLarger!.Accuracy:P1} on the larger one");
    /// }
    /// </code></example>
    public static TransferPipeline<FineTuningResult> FineTune(string small, string tuneOn, FineTuningOptions? options = null) =>
        FineTune(DataSource.At(small), DataSource.At(tuneOn), options);

    /// <inheritdoc cref="FineTune(string, string, FineTuningOptions?)"/>
    /// <param name="small">The small data set's labeled images.</param>
    /// <param name="tuneOn">The larger data set's labeled images.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<FineTuningResult> FineTune(ImageDataset small, ImageDataset tuneOn, FineTuningOptions? options = null) =>
        FineTune(DataSource.Of(small), DataSource.Of(tuneOn), options);

    private static TransferPipeline<FineTuningResult> FineTune(DataSource data, DataSource? tuneOn, FineTuningOptions? options)
    {
        FineTuningOptions given = options ?? new FineTuningOptions();
        return new(
            new FineTuningStrategy(data, tuneOn, given),
            new TransferSettings(),
            model => new ContinuedFineTuningStrategy(data, tuneOn, given, model));
    }
}
