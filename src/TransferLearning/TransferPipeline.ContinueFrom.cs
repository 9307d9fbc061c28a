using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Goes on training a model with new images, of classes that it knows, of new ones, or both. The model's own backbone and preprocessing
    /// are used, so bottlenecks in the cache serve again. Its classes keep their positions; new ones follow. What it learned is kept by a
    /// penalty towards its head (L2-SP), and by features drawn anew from what the model remembers of each class
    /// (<see cref="TransferModel.RemembersClasses"/>), which its own head labels. Not for <c>tuneOn</c>.
    /// </summary>
    /// <param name="pipeline">The new images, and how to train.</param>
    /// <param name="model">The model; it stays as it is, and has to live until Fit has ended.</param>
    /// <returns>A changed copy. Its Fit throws <see cref="InvalidOptionsException"/> where the model is a network as it
    /// is, where another backbone is set, or where the model remembers nothing of a class that the images lack.</returns>
    public static TransferPipeline<FineTuningResult> ContinueFrom(this TransferPipeline<FineTuningResult> pipeline, TransferModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ContinueFrom(pipeline, ModelSource.Of(model));
    }

    /// <inheritdoc cref="ContinueFrom(TransferPipeline{FineTuningResult}, TransferModel)"/>
    /// <param name="pipeline">The new images, and how to train.</param>
    /// <param name="path">The model's file. It is read by Fit.</param>
    public static TransferPipeline<FineTuningResult> ContinueFrom(this TransferPipeline<FineTuningResult> pipeline, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ContinueFrom(pipeline, ModelSource.At(path));
    }

    private static TransferPipeline<FineTuningResult> ContinueFrom(TransferPipeline<FineTuningResult> pipeline, ModelSource model)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.With(((IFineTuning)pipeline.Strategy).From(model));
    }
}
