using TransferLearning.Models;
using TransferLearning.Models.Predictions;

namespace TransferLearning.Hosting.Batching;

/// <summary>
/// Computes predictions with one model, each image alone or several in one run. Thread-safe; dispose of it before the model.
/// </summary>
internal interface IPredictionRuns : IDisposable
{
    /// <exception cref="UnusableImageException">The image cannot be decoded.</exception>
    /// <exception cref="ModelQueueFullException">Too many images wait already.</exception>
    /// <exception cref="OperationCanceledException">The request was canceled.</exception>
    Task<Prediction> PredictAsync(ImageContent content, CancellationToken cancellationToken);
}
