using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Classifies an image file.</summary>
    /// <param name="path">The file, in one of the <see cref="Formats"/>; its content decides how it is decoded, not its name.</param>
    /// <remarks>
    /// Runs on the calling thread. The first prediction of a model compiles its network, unless <see cref="Load(string)"/> has already done
    /// so. At most one prediction per processor runs at a time; further threads wait.
    /// </remarks>
    /// <example><code>
    /// using TransferModel model = TransferModel.Load("flowers.onnx");
    /// Prediction prediction = model.Predict("rose.jpg");
    /// foreach ((string label, float probability) in prediction.Top(3))
    /// {
    ///     Console.WriteLine($"{label}: {probability:P1}");
    /// }
    ///
    /// if (prediction.IsUnknown)
    /// {
    ///     Console.WriteLine("The image seems to be of none of the classes.");
    /// }
    /// </code></example>
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
    /// <remarks>As <see cref="Predict(string)"/>.</remarks>
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
    /// <remarks>As <see cref="Predict(string)"/>.</remarks>
    /// <exception cref="TransferLearningException">The content cannot be decoded.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(ReadOnlyMemory<byte> content) => Predict("(memory)", content.Span);

    /// <summary>Classifies pixels.</summary>
    /// <param name="image">The image, upright: no EXIF orientation is left to apply.</param>
    /// <remarks>As <see cref="Predict(string)"/>.</remarks>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _output.Read(_engine.Predict(image));
    }

    /// <summary>Classifies many images on all processors. Blocks.</summary>
    /// <param name="images">
    /// The images; labels, if any, are ignored. Each is decoded with its own <see cref="LabeledImage.Formats"/>, not with the model's.
    /// </param>
    /// <param name="progress">Receives the number of images finished so far; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>
    /// One result per image, in the order given: a prediction, or the reason why the image cannot be read or decoded. The other images are
    /// not affected.
    /// </returns>
    /// <remarks>
    /// Images are read, decoded and classified in groups, which is faster than calling <see cref="Predict(string)"/> for each and gives the
    /// same results.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<ImagePrediction> PredictAll(
        ImageDataset images, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        PredictAll(images, threads: 0, progress, cancellationToken);

    /// <summary>Classifies many images with a number of threads, 0 for one per processor; the results do not depend on it.</summary>
    internal IReadOnlyList<ImagePrediction> PredictAll(
        ImageDataset images, int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        var run = new PredictionRun(images, _output, progress);
        return _engine.Use(network =>
        {
            new ImageInference(images.Images, network, Preprocessing, run, WorkerThreads.Count(threads))
                .Run([.. Enumerable.Range(0, images.Count)], cancellationToken);
            return run.Results;
        });
    }

    /// <summary>
    /// Asynchronous counterpart of <see cref="PredictAll(ImageDataset, IProgress{int}?, CancellationToken)"/>; runs on the thread pool.
    /// </summary>
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
