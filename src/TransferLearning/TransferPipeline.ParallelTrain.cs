using TransferLearning.Data;
using TransferLearning.Strategies;
using TransferLearning.Strategies.ParallelTraining;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Trains on a small labeled data set and a larger one, labeled or not: a first model, of the small set, labels the larger set, which
    /// is divided into segments; one head is tuned per segment, side by side, and the heads become one model. Where that does worse than
    /// the first model on the small set's training images, each held out in turn, the result is the first model, and says so.
    /// </summary>
    /// <param name="small">A folder with one folder per class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened
    /// by Fit.</param>
    /// <param name="larger">The larger data set, likewise, or a plain folder of images. Labels of it serve only to evaluate the
    /// pseudo-labels.</param>
    /// <param name="options">How to label, divide and train; null for the defaults.</param>
    /// <remarks>Each image is run through the network once. The labeling compares every pair of images, so its time grows with the square
    /// of their number. Canceled during training, Fit returns the best model until then.</remarks>
    /// <example><code>
    /// var options = new ParallelTrainingOptions { Segments = 2, Combine = HeadCombination.Ensemble };
    /// ParallelTrainingResult result = TransferPipeline.ParallelTrain("photos-small/", "photos-large/", options).Fit();
    /// Console.WriteLine($"{result.SmallSetMetrics.Accuracy:P1} from the small set, {result.CombinedMetrics.Accuracy:P1} combined");
    /// </code></example>
    public static TransferPipeline<ParallelTrainingResult> ParallelTrain(
        string small, string larger, ParallelTrainingOptions? options = null) =>
        ParallelTrain(DataSource.At(small), DataSource.At(larger), options);

    /// <inheritdoc cref="ParallelTrain(string, string, ParallelTrainingOptions?)"/>
    /// <param name="small">The small data set's labeled images.</param>
    /// <param name="larger">The larger data set's images.</param>
    /// <param name="options">How to label, divide and train; null for the defaults.</param>
    public static TransferPipeline<ParallelTrainingResult> ParallelTrain(
        ImageDataset small, ImageDataset larger, ParallelTrainingOptions? options = null) =>
        ParallelTrain(DataSource.Of(small), DataSource.Of(larger), options);

    private static TransferPipeline<ParallelTrainingResult> ParallelTrain(
        DataSource small, DataSource larger, ParallelTrainingOptions? options) =>
        new(new ParallelTrainingStrategy(small, larger, options ?? new ParallelTrainingOptions()), new TransferSettings());
}
