using TransferLearning.Data;
using TransferLearning.Imaging;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Classifies an image file.</summary>
    /// <param name="path">The file; its content decides how it is decoded.</param>
    /// <exception cref="TransferLearningException">The file cannot be read or decoded.</exception>
    public Prediction Predict(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        throw new NotSupportedException(_labels[0]);
    }

    /// <summary>Classifies an image file read from a stream, to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <exception cref="TransferLearningException">The content cannot be decoded.</exception>
    public Prediction Predict(Stream stream) => throw new NotSupportedException(_labels[0]);

    /// <summary>Classifies an image file's bytes.</summary>
    /// <param name="content">The whole file (JPEG, PNG, ...).</param>
    /// <exception cref="TransferLearningException">The content cannot be decoded.</exception>
    public Prediction Predict(ReadOnlyMemory<byte> content) => throw new NotSupportedException(_labels[0]);

    /// <summary>Classifies pixels.</summary>
    /// <param name="image">The upright image.</param>
    public Prediction Predict(RgbImage image) => throw new NotSupportedException(_labels[0]);

    /// <summary>Classifies many images on all processors. An image that cannot be used costs the others nothing.</summary>
    /// <param name="images">The images.</param>
    /// <param name="progress">Is told the number of finished images; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A prediction or an error for each image, in the order given.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IReadOnlyList<ImagePrediction> PredictAll(
        ImageDataset images, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(_labels[0]);
}
