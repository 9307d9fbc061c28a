using TransferLearning.Data;
using TransferLearning.Inference;

namespace TransferLearning.Models;

/// <summary>Collects the predictions for many images. Used for one run.</summary>
internal sealed class PredictionRun(ImageDataset images, ModelOutput modelOutput, IProgress<int>? progress) : IInferenceSink
{
    private readonly Lock _gate = new();
    private readonly ImagePrediction[] _results = new ImagePrediction[images.Count];
    private int _done;

    public IReadOnlyList<ImagePrediction> Results => _results;

    public byte[]? Read(int index, LabeledImage image) => image.ReadBytes();

    public void Computed(int index, ReadOnlySpan<float> output) =>
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
