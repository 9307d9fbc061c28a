using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Inference;

namespace TransferLearning.Models;

/// <summary>Collects the predictions for many images. Used for one run.</summary>
/// <param name="images">The images.</param>
/// <param name="modelOutput">Reads the predictions.</param>
/// <param name="hashes">Whether the images remember the hashes of their contents.</param>
/// <param name="progress">Receives the number of images finished so far; null for no progress.</param>
internal sealed class PredictionRun(ImageDataset images, ModelOutput modelOutput, bool hashes, IProgress<int>? progress) : IInferenceSink
{
    private readonly Lock _gate = new();
    private readonly ImagePrediction[] _results = new ImagePrediction[images.Count];
    private int _done;

    public IReadOnlyList<ImagePrediction> Results => _results;

    public byte[]? Read(int index, LabeledImage image) => hashes ? image.ReadAndHash() : image.ReadBytes();

    public IEnumerable<(int View, RgbImage Pixels)> Decoded(int index, RgbImage image) => [(0, image)];

    public void Computed(int index, int view, ReadOnlySpan<float> output) =>
        _results[index] = new ImagePrediction(images.Images[index].Path, modelOutput.Read(output), null);

    public void Failed(int index, string reason) => _results[index] = new ImagePrediction(images.Images[index].Path, null, reason);

    public void Finished(int count)
    {
        lock (_gate)
        {
            _done += count;
            progress?.Report(_done);
        }
    }
}
