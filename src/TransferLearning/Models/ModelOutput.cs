using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Models.Saving;
using TransferLearning.Numerics;
using TransferLearning.OutOfDistribution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

/// <summary>
/// What a model's network computes for an image, and how that becomes a prediction. A model that can tell images of none of its classes
/// runs to the features, which the heads and the detector then share; any other runs to the probabilities. Immutable; thread-safe.
/// </summary>
internal sealed class ModelOutput
{
    private readonly IReadOnlyList<string> _labels;
    private readonly IReadOnlyList<LinearHead> _heads;
    private readonly OutOfDistributionDetector? _detector;

    private ModelOutput(IReadOnlyList<string> labels, IReadOnlyList<LinearHead> heads, string name, OutOfDistributionDetector? detector) =>
        (_labels, _heads, Name, _detector) = (labels, heads, name, detector);

    /// <summary>The name of the value to compute.</summary>
    public string Name { get; }

    /// <summary>What is known of it before the detector, if there will be one, is read.</summary>
    /// <exception cref="TransferLearningException">The graph has no head that a detector could stand beside. The message has no subject.</exception>
    public static ModelOutput Of(Graph graph, IReadOnlyList<string> labels, bool hasDetector)
    {
        (IReadOnlyList<LinearHead> heads, string name) = hasDetector ? ModelGraph.Split(graph) : ([], graph.Outputs[0].Name);
        return new ModelOutput(labels, heads, name, null);
    }

    /// <summary>The same with the detector; null where there is none.</summary>
    /// <exception cref="TransferLearningException">The detector does not fit the network. The message has no subject.</exception>
    public ModelOutput With(OutOfDistributionDetector? detector) => detector is null || detector.Distance.FeatureSize == _heads[0].FeatureSize
        ? new ModelOutput(_labels, _heads, Name, detector)
        : throw new TransferLearningException(
            $"is damaged: its head is for {_heads[0].FeatureSize} features, "
            + $"its detector of unknown images for {detector.Distance.FeatureSize}");

    /// <param name="output">The value, of one image.</param>
    public Prediction Read(ReadOnlySpan<float> output)
    {
        if (_detector is null)
        {
            return new Prediction(_labels, output.ToArray(), null);
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

        return new Prediction(_labels, mean, _detector.Score(output));
    }
}
