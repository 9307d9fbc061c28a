using TransferLearning.Models;

namespace TransferLearning.Hosting;

/// <summary>
/// The models that were added with <c>AddTransferModel</c>: predicts with the current one, whatever is reloaded meanwhile. A singleton of
/// the service container.
/// </summary>
/// <remarks>
/// Thread-safe. Models are loaded when the host starts; without a host, when they are first used. The container disposes of the models.
/// </remarks>
public interface IModelProvider
{
    /// <summary>The names of all models, in the order in which they were added.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Classifies an image file with the model that was added without a name: reads the stream asynchronously, then decodes and computes on
    /// the thread pool, in a batch with other requests where <see cref="TransferModelOptions.Batching"/> says so.
    /// </summary>
    /// <param name="image">The image file, such as the body of a request; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Cancels the prediction.</param>
    /// <exception cref="UnusableImageException">The image cannot be decoded, or is larger than the limits.</exception>
    /// <exception cref="ModelQueueFullException">
    /// <see cref="TransferModelOptions.MaxQueued"/> images wait for the model already.
    /// </exception>
    /// <exception cref="TransferLearningException">The model is damaged, or could not be loaded.</exception>
    /// <exception cref="ArgumentException">No model was added without a name.</exception>
    /// <exception cref="OperationCanceledException">The prediction was canceled.</exception>
    Task<Prediction> PredictAsync(Stream image, CancellationToken cancellationToken = default);

    /// <summary>Classifies an image file with a model, as <see cref="PredictAsync(Stream, CancellationToken)"/> does.</summary>
    /// <param name="name">The name of the model.</param>
    /// <param name="image">The image file; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Cancels the prediction.</param>
    /// <exception cref="UnusableImageException">The image cannot be decoded, or is larger than the limits.</exception>
    /// <exception cref="ModelQueueFullException">
    /// <see cref="TransferModelOptions.MaxQueued"/> images wait for the model already.
    /// </exception>
    /// <exception cref="TransferLearningException">The model is damaged, or could not be loaded.</exception>
    /// <exception cref="ArgumentException">There is no model of this name; the message lists those that there are.</exception>
    /// <exception cref="OperationCanceledException">The prediction was canceled.</exception>
    Task<Prediction> PredictAsync(string name, Stream image, CancellationToken cancellationToken = default);

    /// <summary>Gives the current model, for all else that models can do, such as to name their labels or predict many images.</summary>
    /// <param name="name">The name of the model. Default: the model that was added without a name.</param>
    /// <returns>The model until the lease is disposed of.</returns>
    /// <remarks>
    /// Blocks while the model is loaded for the first time, without a host. Predictions through the lease are not batched, and not counted
    /// in the metrics.
    /// </remarks>
    /// <exception cref="TransferLearningException">The model could not be loaded.</exception>
    /// <exception cref="ArgumentException">There is no model of this name; the message lists those that there are.</exception>
    /// <exception cref="ObjectDisposedException">The service container was disposed of.</exception>
    ModelLease Rent(string name = TransferModelOptions.DefaultName);
}
