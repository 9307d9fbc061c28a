using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Inference;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Classifies an image file.</summary>
    /// <param name="path">The file, in one of the <see cref="Formats"/>, whatever its extension.</param>
    /// <exception cref="TransferLearningException">The file cannot be read or decoded.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Predict(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the image '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Classifies an image file read from a stream, to its end.</summary>
    /// <param name="stream">The stream, in one of the <see cref="Formats"/>; it is left open.</param>
    /// <exception cref="TransferLearningException">The content cannot be decoded.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return Predict("(stream)", content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>Classifies an image file's bytes.</summary>
    /// <param name="content">The whole file, in one of the <see cref="Formats"/>.</param>
    /// <exception cref="TransferLearningException">The content cannot be decoded.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(ReadOnlyMemory<byte> content) => Predict("(memory)", content.Span);

    /// <summary>Classifies pixels.</summary>
    /// <param name="image">The upright image.</param>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _output.Read(_engine.Predict(image));
    }

    /// <summary>Classifies many images on all processors. An image that cannot be used costs the others nothing.</summary>
    /// <param name="images">The images. Each is decoded with its own <see cref="LabeledImage.Formats"/>, not with the model's.</param>
    /// <param name="progress">Is told the number of finished images; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A prediction or an error for each image, in the order given.</returns>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<ImagePrediction> PredictAll(
        ImageDataset images, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        PredictAll(images, Environment.ProcessorCount, progress, cancellationToken);

    /// <summary>Does the same on some threads of the model's own; the result does not depend on how many.</summary>
    internal IReadOnlyList<ImagePrediction> PredictAll(
        ImageDataset images, int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        var run = new PredictionRun(images, _output, progress);
        return _engine.Use(network =>
        {
            new ImageInference(images.Images, network, Preprocessing, run, threads)
                .Run([.. Enumerable.Range(0, images.Count)], cancellationToken);
            return run.Results;
        });
    }

    /// <summary>Does the same on other threads than the caller's.</summary>
    /// <inheritdoc cref="PredictAll(ImageDataset, IProgress{int}?, CancellationToken)"/>
    public Task<IReadOnlyList<ImagePrediction>> PredictAllAsync(
        ImageDataset images, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => PredictAll(images, progress, cancellationToken), cancellationToken);

    private Prediction Predict(string name, ReadOnlySpan<byte> content)
    {
        try
        {
            return Predict(Formats.Decode(content));
        }
        catch (InvalidImageException e)
        {
            throw new TransferLearningException($"the image '{name}' cannot be decoded: {e.Message}", e);
        }
    }
}
