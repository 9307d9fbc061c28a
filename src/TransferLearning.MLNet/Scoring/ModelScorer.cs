using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Scoring;

/// <summary>Scores images with a model. Thread-safe.</summary>
/// <param name="model">The model.</param>
/// <param name="slots">[labels]: the slot of each of the model's labels.</param>
/// <param name="slotCount">The number of slots.</param>
/// <param name="report">Receives a sentence for each image that cannot be used; null to report nothing.</param>
internal sealed class ModelScorer(TransferModel model, int[] slots, int slotCount, Action<string>? report) : IImageScorer
{
    /// <summary>The slot of each label of a model.</summary>
    /// <exception cref="TransferLearningException">The model knows a class that has no slot.</exception>
    public static int[] SlotsOf(TransferModel model, IReadOnlyList<string> classes)
    {
        List<string> names = [.. classes];
        int[] slots = [.. model.Labels.Select(label => names.IndexOf(label))];
        int unknown = Array.IndexOf(slots, -1);
        return unknown < 0 ? slots : throw new TransferLearningException(
            $"the model knows the class '{model.Labels[unknown]}', which the label column does not have; "
            + $"its classes are: {string.Join(", ", classes)}");
    }

    public ImageScores Score(LabeledImage image)
    {
        RgbImage decoded;
        try
        {
            decoded = model.Formats.DecodeReduced(
                image.ReadBytes(), model.Limits ?? image.Limits, model.Preprocessing.MinSourceSide);
        }
        catch (Exception e)
        {
            report?.Invoke($"{image.Path} gets no scores: {ImageProblem.Describe(e)}");
            return ImageScores.None(slotCount);
        }

        ReadOnlySpan<float> probabilities = model.Predict(decoded).Probabilities;
        float[] scores = new float[slotCount];
        for (int i = 0; i < probabilities.Length; i++)
        {
            scores[slots[i]] = probabilities[i];
        }

        return new ImageScores(scores, (uint)scores.AsSpan().IndexOf(scores.Max()));
    }
}
