using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Models.Predictions;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Classifies an image file read from a stream, to its end: reads asynchronously, then decodes and computes on the thread pool. For the
    /// body of a request in ASP.NET Core, which cannot be read otherwise.
    /// </summary>
    /// <param name="stream">The stream, in one of the <see cref="Formats"/>; it is left open.</param>
    /// <param name="cancellationToken">Cancels the prediction until the network runs.</param>
    /// <remarks>
    /// By default at most 64 MiB are read and 134,217,728 pixels decoded: see <see cref="ModelLoadOptions.Limits"/>. The limit of bytes is
    /// enforced while the stream is read. At most one prediction per processor runs at a time; further ones wait without holding a thread.
    /// </remarks>
    /// <example><code>
    /// using TransferModel model = TransferModel.Load("flowers.onnx");
    /// await model.WarmUpAsync();
    /// await using FileStream photo = File.OpenRead("rose.jpg");
    /// Prediction prediction = await model.PredictAsync(photo);
    /// </code></example>
    /// <exception cref="UnusableImageException">The content cannot be decoded, or is larger than the limits.</exception>
    /// <exception cref="TransferLearningException">
    /// The model is damaged, as for <see cref="Predict(string, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The prediction was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public async Task<Prediction> PredictAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        CheckReadable(stream);
        using ImageContent content = await ImageContent.ReadAsync(stream, StreamLimits, cancellationToken).ConfigureAwait(false);
        return await PredictContentAsync(content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Classifies an image file that was read within <see cref="StreamLimits"/>.</summary>
    internal async Task<Prediction> PredictContentAsync(ImageContent content, CancellationToken cancellationToken)
    {
        try
        {
            float[] output = await _predictions.PredictAsync(
                () => Decode(ImageContent.Name, content.Bytes, StreamLimits), cancellationToken).ConfigureAwait(false);
            return Read(output);
        }
        catch (NetworkEngineException e)
        {
            throw CannotRun(e);
        }
    }

    /// <summary>The limits of images that are read from streams.</summary>
    internal ImageLimits StreamLimits => Limits ?? ImageLimits.Untrusted;

    /// <summary>The number of floats of the network's input for one image.</summary>
    internal int InputLength => Preprocessing.Height * Preprocessing.Width * 3;

    /// <summary>Decodes an image file into the network's input, for <see cref="RunNetwork"/>.</summary>
    /// <param name="content">The file, read within <see cref="StreamLimits"/>.</param>
    /// <param name="input">[Height, Width, 3].</param>
    /// <exception cref="UnusableImageException">The content cannot be decoded, or is larger than the limits.</exception>
    internal void FillInput(ImageContent content, Span<float> input) =>
        ImageToTensor.Convert(Decode(ImageContent.Name, content.Bytes, StreamLimits), Preprocessing, input);

    /// <summary>Runs the network on several images at once. On the calling thread; waits as predictions do.</summary>
    /// <param name="inputs">[count, Height, Width, 3], from <see cref="FillInput"/>.</param>
    /// <param name="count">The number of images.</param>
    /// <returns>One output per image, for <see cref="Read"/>.</returns>
    internal ReadOnlyMemory<float>[] RunNetwork(ReadOnlyMemory<float> inputs, int count)
    {
        float[] outputs = Compute(() => _predictions.Predict(inputs, count));
        int length = outputs.Length / count;
        return [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<float>)outputs.AsMemory(i * length, length))];
    }

    /// <summary>The prediction for an output of the network.</summary>
    internal Prediction Read(ReadOnlyMemory<float> output) => Compute(() => _output.Read(output.Span));
}
