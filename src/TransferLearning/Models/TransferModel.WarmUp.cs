using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    private const int WarmUpQuality = 90;

    /// <summary>
    /// Prepares the model so that its first prediction takes as long as the second: compiles the network, runs it once in the memory of
    /// each processor, and decodes a small JPEG and PNG file. Runs on the thread pool.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work; the model can still predict.</param>
    /// <remarks>Takes about as long as one prediction per processor, and the memory that as many predictions at a time take.</remarks>
    /// <exception cref="TransferLearningException">
    /// The model is damaged, as for <see cref="Predict(string, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public Task WarmUpAsync(CancellationToken cancellationToken = default) =>
        WarmUpAsync(Environment.ProcessorCount, maxImages: 1, cancellationToken);

    /// <summary>Prepares the model for runs of several images.</summary>
    /// <param name="threads">The number of predictions at a time, at least 1.</param>
    /// <param name="maxImages">The most images that share a run of the network, at least 1.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    internal Task WarmUpAsync(int threads, int maxImages, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var blank = new RgbImage(Preprocessing.Width, Preprocessing.Height, new byte[InputLength]);
            foreach (byte[] file in new[] { JpegEncoder.Encode(blank, WarmUpQuality), PngEncoder.Encode(blank) })
            {
                Predict(ImageFormats.BuiltIn.Decode(file), cancellationToken);
            }

            return Compute(() =>
            {
                _predictions.WarmUp(threads, maxImages, cancellationToken);
                return true;
            });
        },
        cancellationToken);
}
