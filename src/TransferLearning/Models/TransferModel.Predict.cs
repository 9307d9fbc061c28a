using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Models.Predictions;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Classifies an image file.</summary>
    /// <param name="path">The file, in one of the <see cref="Formats"/>; its content decides how it is decoded, not its name.</param>
    /// <param name="cancellationToken">Cancels the prediction until the network runs.</param>
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
    /// <exception cref="UnusableImageException">The file cannot be decoded, or is larger than the limits.</exception>
    /// <exception cref="TransferLearningException">
    /// The file cannot be read; or the model's file is damaged, so that it cannot run, or computes NaN or infinity.
    /// </exception>
    /// <exception cref="OperationCanceledException">The prediction was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        cancellationToken.ThrowIfCancellationRequested();
        ImageLimits limits = Limits ?? ImageLimits.Default;
        try
        {
            limits.CheckLength(new FileInfo(path).Length);
            return Predict(path, File.ReadAllBytes(path), limits, cancellationToken);
        }
        catch (InvalidImageException e)
        {
            throw NotDecoded(path, e, exceedsMaxBytes: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the image '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Classifies an image file read from a stream, to its end.</summary>
    /// <param name="stream">The stream, in one of the <see cref="Formats"/>; it is left open.</param>
    /// <param name="cancellationToken">Cancels the prediction until the network runs.</param>
    /// <remarks>
    /// As <see cref="Predict(string, CancellationToken)"/>, but by default at most 64 MiB are read and 134,217,728 pixels decoded: see
    /// <see cref="ModelLoadOptions.Limits"/>. A stream that refuses synchronous reads, such as the body of a request in ASP.NET Core, needs
    /// <see cref="PredictAsync"/>.
    /// </remarks>
    /// <exception cref="UnusableImageException">The content cannot be decoded, or is larger than the limits.</exception>
    /// <exception cref="TransferLearningException">
    /// The stream cannot be read synchronously; or the model is damaged, as for <see cref="Predict(string, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The prediction was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(Stream stream, CancellationToken cancellationToken = default)
    {
        CheckReadable(stream);
        cancellationToken.ThrowIfCancellationRequested();
        using var content = ImageContent.Read(stream, StreamLimits);
        return Predict(ImageContent.Name, content.Bytes, StreamLimits, cancellationToken);
    }

    /// <summary>Classifies an image file's bytes.</summary>
    /// <param name="content">The whole file, in one of the <see cref="Formats"/>.</param>
    /// <param name="cancellationToken">Cancels the prediction until the network runs.</param>
    /// <remarks>As <see cref="Predict(string, CancellationToken)"/>.</remarks>
    /// <exception cref="UnusableImageException">The content cannot be decoded, or is larger than the limits.</exception>
    /// <exception cref="TransferLearningException">
    /// The model is damaged, as for <see cref="Predict(string, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The prediction was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Predict("(memory)", content.Span, Limits ?? ImageLimits.Default, cancellationToken);
    }

    /// <summary>Classifies pixels.</summary>
    /// <param name="image">The image, upright: no EXIF orientation is left to apply.</param>
    /// <param name="cancellationToken">Cancels the prediction until the network runs.</param>
    /// <remarks>As <see cref="Predict(string, CancellationToken)"/>.</remarks>
    /// <exception cref="TransferLearningException">
    /// The model is damaged, as for <see cref="Predict(string, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The prediction was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Compute(() => _output.Read(_predictions.Predict(image, cancellationToken)));
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
    /// Images are read, decoded and classified in groups, which is faster than calling <see cref="Predict(string, CancellationToken)"/> for
    /// each and gives the same results.
    /// </remarks>
    /// <exception cref="TransferLearningException">
    /// The model is damaged, as for <see cref="Predict(string, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<ImagePrediction> PredictAll(
        ImageDataset images, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        PredictAll(images, threads: 0, hashes: false, progress, cancellationToken);

    /// <summary>Classifies many images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="threads">The number of threads, 0 for one per processor; the results do not depend on it.</param>
    /// <param name="hashes">Whether the images remember the hashes of their contents, which are then not read again.</param>
    /// <param name="progress">Receives the number of images finished so far; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    internal IReadOnlyList<ImagePrediction> PredictAll(
        ImageDataset images, int threads, bool hashes, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        var run = new PredictionRun(images, _output, hashes, progress);
        return Compute(() => _predictions.Use(session =>
        {
            new ImageInference(images.Images, session, Preprocessing, run, WorkerThreads.Count(threads))
                .Run([.. Enumerable.Range(0, images.Count)], cancellationToken);
            return run.Results;
        }));
    }

    /// <summary>
    /// Asynchronous counterpart of <see cref="PredictAll(ImageDataset, IProgress{int}?, CancellationToken)"/>; runs on the thread pool.
    /// </summary>
    /// <inheritdoc cref="PredictAll(ImageDataset, IProgress{int}?, CancellationToken)"/>
    public Task<IReadOnlyList<ImagePrediction>> PredictAllAsync(
        ImageDataset images, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => PredictAll(images, progress, cancellationToken), cancellationToken);

    private Prediction Predict(string name, ReadOnlySpan<byte> content, ImageLimits limits, CancellationToken cancellationToken)
    {
        RgbImage image = Decode(name, content, limits);
        cancellationToken.ThrowIfCancellationRequested();
        return Predict(image, cancellationToken);
    }

    private RgbImage Decode(string name, ReadOnlySpan<byte> content, ImageLimits limits)
    {
        try
        {
            return Formats.DecodeReduced(content, limits, Preprocessing.MinSourceSide);
        }
        catch (InvalidImageException e)
        {
            throw NotDecoded(name, e, content.Length > limits.MaxBytes);
        }
    }

    private static UnusableImageException NotDecoded(string name, InvalidImageException e, bool exceedsMaxBytes) =>
        new($"the image '{name}' cannot be decoded: {e.Message}", exceedsMaxBytes, e);

    private static void CheckReadable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("the stream cannot be read: give one that is open for reading", nameof(stream));
        }
    }
}
