using TransferLearning.Data;
using TransferLearning.Strategies;
using TransferLearning.Strategies.ParallelTraining;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Lets a small labeled data set teach a larger one, labeled or not: a first model labels the larger set, which is cut into segments;
    /// a head is tuned on each, side by side, and the heads become one model. Where that does worse than the first model on the small set's
    /// validation part, the result is the first model, and says so. Labels of the larger set serve only to judge the labeling.
    /// </summary>
    /// <param name="small">A folder with a folder a class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened by
    /// Fit.</param>
    /// <param name="larger">The larger data set, likewise; a plain folder of images will do.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<ParallelTrainingResult> ParallelTrain(
        string small, string larger, ParallelTrainingOptions? options = null) =>
        ParallelTrain(DataSource.At(small), DataSource.At(larger), options);

    /// <inheritdoc cref="ParallelTrain(string, string, ParallelTrainingOptions?)"/>
    /// <param name="small">The small data set's labeled images.</param>
    /// <param name="larger">The larger data set's images.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<ParallelTrainingResult> ParallelTrain(
        ImageDataset small, ImageDataset larger, ParallelTrainingOptions? options = null) =>
        ParallelTrain(DataSource.Of(small), DataSource.Of(larger), options);

    private static TransferPipeline<ParallelTrainingResult> ParallelTrain(
        DataSource small, DataSource larger, ParallelTrainingOptions? options) =>
        new(new ParallelTrainingStrategy(small, larger, options ?? new ParallelTrainingOptions()), new TransferSettings());
}
