using TransferLearning.Data;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Measures what storing the weights in fewer bits costs: saves the model in memory, loads it again, and compares the predictions of
    /// both for labeled images. Blocks.
    /// </summary>
    /// <param name="weights">How the weights would be stored.</param>
    /// <param name="images">Images whose labels are among the model's, preferably images that it was not trained on.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <remarks>Uses all processors. Costs two predictions per image, and the memory of a second model and of its file.</remarks>
    /// <exception cref="ArgumentException">No image can be read and decoded, or a label is none of the model's.</exception>
    /// <exception cref="TransferLearningException">The network has an operator that cannot be saved with these weights.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public PrecisionLoss MeasurePrecision(WeightPrecision weights, ImageDataset images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Labels.Except(Labels, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"the label '{unknown}' is none of the model's: {string.Join(", ", Labels)}", nameof(images));
        }

        using var content = new MemoryStream();
        Save(content, new ModelSaveOptions { Weights = weights });
        var options = new ModelLoadOptions { Formats = Formats, Limits = Limits, Engine = Engine };
        using TransferModel smaller = Load(content.GetBuffer().AsMemory(0, (int)content.Length), "(memory)", options);
        using var full = new MemoryStream();
        Save(full);
        IReadOnlyList<ImagePrediction> before = PredictAll(images, progress: null, cancellationToken);
        IReadOnlyList<ImagePrediction> after = smaller.PredictAll(images, progress: null, cancellationToken);
        int[] read = [.. Enumerable.Range(0, images.Count).Where(i => before[i].Prediction is not null && after[i].Prediction is not null)];
        double Share(Func<int, bool> holds) => (double)read.Count(holds) / read.Length;
        bool IsRight(ImagePrediction prediction, int image) => prediction.Prediction!.Label == images.Labels[images.LabelIndices[image]];
        return read.Length == 0
            ? throw new ArgumentException("none of the images can be read", nameof(images))
            : new PrecisionLoss
            {
                Weights = weights,
                Bytes = content.Length,
                BytesBefore = full.Length,
                Images = read.Length,
                Accuracy = Share(i => IsRight(after[i], i)),
                AccuracyBefore = Share(i => IsRight(before[i], i)),
                Agreement = Share(i => before[i].Prediction!.Label == after[i].Prediction!.Label),
            };
    }
}
