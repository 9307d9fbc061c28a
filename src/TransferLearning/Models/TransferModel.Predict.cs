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
    /// <exception cref="TransferLearningException">
    /// The file cannot be read or decoded; or the model's file is damaged, so that it cannot run, or computes NaN or infinity.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            ImageLimits limits = Limits ?? ImageLimits.Default;
            limits.CheckLength(new FileInfo(path).Length);
            return Predict(path, File.ReadAllBytes(path), limits);
        }
        catch (InvalidImageException e)
        {
            throw NotDecoded(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the image '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Classifies an image file read from a stream, to its end.</summary>
    /// <param name="stream">The stream, in one of the <see cref="Formats"/>; it is left open.</param>
    /// <remarks>
    /// As <see cref="Predict(string)"/>, but by default at most 64 MiB are read and 134,217,728 pixels decoded: see
    /// <see cref="ModelLoadOptions.Limits"/>.
    /// </remarks>
    /// <exception cref="TransferLearningException">
    /// The content cannot be decoded, or is larger than the limits; or the model is damaged, as for <see cref="Predict(string)"/>.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ImageLimits limits = Limits ?? ImageLimits.Untrusted;
        using var content = new MemoryStream();
        byte[] part = new byte[81920];
        for (int read = stream.Read(part); read > 0; read = stream.Read(part))
        {
            content.Write(part, 0, read);
            if (content.Length > limits.MaxBytes)
            {
                throw new TransferLearningException(
                    $"the image '(stream)' has more than {limits.MaxBytes} bytes: make it smaller, "
                    + $"or raise the limit {nameof(ImageLimits)}.{nameof(ImageLimits.MaxBytes)} "
                    + $"in {nameof(ModelLoadOptions)}.{nameof(ModelLoadOptions.Limits)}");
            }
        }

        return Predict("(stream)", content.GetBuffer().AsSpan(0, (int)content.Length), limits);
    }

    /// <summary>Classifies an image file's bytes.</summary>
    /// <param name="content">The whole file, in one of the <see cref="Formats"/>.</param>
    /// <remarks>As <see cref="Predict(string)"/>.</remarks>
    /// <exception cref="TransferLearningException">
    /// The content cannot be decoded; or the model is damaged, as for <see cref="Predict(string)"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(ReadOnlyMemory<byte> content) => Predict("(memory)", content.Span, Limits ?? ImageLimits.Default);

    /// <summary>Classifies pixels.</summary>
    /// <param name="image">The image, upright: no EXIF orientation is left to apply.</param>
    /// <remarks>As <see cref="Predict(string)"/>.</remarks>
    /// <exception cref="TransferLearningException">The model is damaged, as for <see cref="Predict(string)"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Prediction Predict(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Compute(() => _output.Read(_engine.Predict(image)));
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
    /// <exception cref="TransferLearningException">The model is damaged, as for <see cref="Predict(string)"/>.</exception>
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
        return Compute(() => _engine.Use(network =>
        {
            new ImageInference(images.Images, network, Preprocessing, run, WorkerThreads.Count(threads))
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

    private Prediction Predict(string name, ReadOnlySpan<byte> content, ImageLimits limits)
    {
        try
        {
            return Predict(Formats.DecodeReduced(content, limits, Preprocessing.MinSourceSide));
        }
        catch (InvalidImageException e)
        {
            throw NotDecoded(name, e);
        }
    }

    private static TransferLearningException NotDecoded(string name, InvalidImageException e) =>
        new($"the image '{name}' cannot be decoded: {e.Message}", e);
}
