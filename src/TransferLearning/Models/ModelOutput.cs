using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Models.Saving;
using TransferLearning.Numerics;
using TransferLearning.OutOfDistribution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

/// <summary>
/// What a model's network computes for an image, and how that becomes a prediction. With an out-of-distribution detector, the network runs
/// up to the features, which heads and detector share; without one, it runs up to the probabilities. Immutable; thread-safe.
/// </summary>
internal sealed class ModelOutput
{
    private readonly IReadOnlyList<string> _labels;
    private readonly IReadOnlyList<LinearHead> _heads;
    private readonly OutOfDistributionDetector? _detector;

    private ModelOutput(IReadOnlyList<string> labels, IReadOnlyList<LinearHead> heads, string name, OutOfDistributionDetector? detector) =>
        (_labels, _heads, Name, _detector) = (labels, heads, name, detector);

    /// <summary>The name of the value that the network computes.</summary>
    public string Name { get; }

    /// <summary>The number of floats of that value for one image.</summary>
    public int Length => _heads.Count == 0 ? _labels.Count : _heads[0].FeatureSize;

    /// <summary>The output of a graph, still without the detector, which takes longer to read: see <see cref="With"/>.</summary>
    /// <exception cref="TransferLearningException">
    /// There is a detector, but the graph has no head. The message lacks its subject, the file's name, which the caller puts before it.
    /// </exception>
    public static ModelOutput Of(Graph graph, IReadOnlyList<string> labels, bool hasDetector)
    {
        (IReadOnlyList<LinearHead> heads, string name) = hasDetector ? ModelGraph.Split(graph) : ([], graph.Outputs[0].Name);
        return new ModelOutput(labels, heads, name, null);
    }

    /// <summary>The same output with a detector; null for none.</summary>
    /// <exception cref="TransferLearningException">
    /// The detector does not fit the network. The message lacks its subject, the file's name.
    /// </exception>
    public ModelOutput With(OutOfDistributionDetector? detector) =>
        detector is null || detector.Distance.FeatureSize == _heads[0].FeatureSize
            ? new ModelOutput(_labels, _heads, Name, detector)
            : throw new TransferLearningException(
                $"is damaged: its head is for {_heads[0].FeatureSize} features, "
                + $"its out-of-distribution detector for {detector.Distance.FeatureSize}");

    /// <summary>The prediction for one image.</summary>
    /// <param name="output">What the network computed for the image: features or probabilities.</param>
    /// <exception cref="TransferLearningException">
    /// A probability or the distance is NaN or infinite. The message lacks its subject, the model's name.
    /// </exception>
    public Prediction Read(ReadOnlySpan<float> output)
    {
        if (_detector is null)
        {
            return Checked(output.ToArray(), null);
        }

        float[] mean = new float[_labels.Count];
        float[] row = new float[SoftmaxRows.Stride(_labels.Count)];
        foreach (LinearHead head in _heads)
        {
            for (int c = 0; c < head.Classes; c++)
            {
                row[c] = head.Bias[c] + DenseVector.Dot(head.Weights.Slice(c * head.FeatureSize, head.FeatureSize), output);
            }

            SoftmaxRows.Apply(row, head.Classes);
            DenseVector.AddScaled(mean, 1f / _heads.Count, row.AsSpan(0, mean.Length));
        }

        return Checked(mean, _detector.Score(output));
    }

    private Prediction Checked(float[] probabilities, float? score)
    {
        for (int c = 0; c < probabilities.Length; c++)
        {
            if (!float.IsFinite(probabilities[c]))
            {
                throw NotFinite(probabilities[c], $"the probability of '{_labels[c]}'");
            }
        }

        return score is { } distance && !float.IsFinite(distance)
            ? throw NotFinite(distance, "the distance from its classes")
            : new Prediction(_labels, probabilities, score);
    }

    private static TransferLearningException NotFinite(float value, string what) => new(
        $"computes {value} as {what}: its file is damaged, or its weights are too large to compute with; get the file again, or train "
        + "the model again with a lower learning rate");
}
