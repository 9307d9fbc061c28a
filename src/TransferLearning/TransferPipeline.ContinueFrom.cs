using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Continues the training of a model with new images, of classes that it knows, of new ones, or both. The model's own backbone and
    /// preprocessing are used, so bottlenecks in the cache serve again. Its classes keep their positions; new ones follow.
    /// </summary>
    /// <param name="pipeline">The new images, and how to train. Not for <c>tuneOn</c>.</param>
    /// <param name="model">The model. It does not change, and must not be disposed of before Fit has ended.</param>
    /// <returns>A changed copy. Its Fit throws <see cref="InvalidOptionsException"/> where the model is a network with a classifier of its
    /// own, where another backbone is set, or where the model remembers nothing of a class that the images lack.</returns>
    /// <remarks>
    /// What the model has learned is kept by a penalty towards its head (L2-SP; Li et al., "Explicit inductive bias for transfer learning
    /// with convolutional networks", 2018), and by features drawn from what the model remembers of each class
    /// (<see cref="TransferModel.RemembersClasses"/>), weighted by the probabilities of its own head.
    /// </remarks>
    /// <example><code>
    /// using TransferModel model = TransferModel.Load("flowers.onnx");
    /// FineTuningResult result = TransferPipeline.FineTune("photos/").ContinueFrom(model).Fit();
    /// Console.WriteLine($"added: {string.Join(", ", result.Continuation!.AddedClasses)}");
    /// </code></example>
    public static TransferPipeline<FineTuningResult> ContinueFrom(this TransferPipeline<FineTuningResult> pipeline, TransferModel model)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(model);
        return pipeline.From(ModelSource.Of(model));
    }

    /// <inheritdoc cref="ContinueFrom(TransferPipeline{FineTuningResult}, TransferModel)"/>
    /// <param name="pipeline">The new images, and how to train. Not for <c>tuneOn</c>.</param>
    /// <param name="path">The model's file. It is read by Fit.</param>
    public static TransferPipeline<FineTuningResult> ContinueFrom(this TransferPipeline<FineTuningResult> pipeline, string path)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return pipeline.From(ModelSource.At(path));
    }
}
