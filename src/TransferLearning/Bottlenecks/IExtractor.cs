using TransferLearning.Data;

namespace TransferLearning.Bottlenecks;

/// <summary>Reads the images of a data set once, and gives those that can be used, with what is computed of them.</summary>
internal interface IExtractor
{
    /// <summary>Reads the images. Blocks.</summary>
    /// <param name="images">The images; labels are optional.</param>
    /// <param name="progress">Receives the progress, at most ten times per second; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="TransferLearningException">There are images, but none can be used.</exception>
    Extraction Extract(ImageDataset images, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default);
}
