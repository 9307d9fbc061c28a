using TransferLearning.LinearAlgebra;
using TransferLearning.Retraining;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Unknowns;

namespace TransferLearning.Models;

/// <summary>
/// What a model's network computes for an image, and how that becomes a prediction. A model that can tell images of none of its classes
/// runs to the features, which the heads and the detector then share; any other runs to the probabilities. Immutable; thread-safe.
/// </summary>
internal sealed class ModelOutput
{
    private readonly IReadOnlyList<string> _labels;
    private readonly IReadOnlyList<LinearHead> _heads = [];
    private readonly UnknownDetector? _detector;

    /// <exception cref="TransferLearningException">The detector does not fit the network. The message has no subject.</exception>
    public ModelOutput(Graph graph, ModelMetadata metadata)
    {
        (_labels, _detector) = (metadata.Labels, metadata.Unknown);
        if (_detector is null)
        {
            return;
        }

        (_heads, _) = ModelGraph.Split(graph);
        if (_heads[0].FeatureSize != _detector.Distance.FeatureSize)
        {
            throw new TransferLearningException(
                $"is damaged: its head is for {_heads[0].FeatureSize} features, "
                + $"its detector of unknown images for {_detector.Distance.FeatureSize}");
        }
    }

    /// <summary>The name of the value to compute.</summary>
    /// <exception cref="TransferLearningException">The graph has no head that a detector could stand beside. The message has no subject.</exception>
    public static string NameOf(Graph graph, bool hasDetector) => hasDetector ? ModelGraph.Split(graph).Features : graph.Outputs[0].Name;

    /// <param name="output">The value, of one image.</param>
    public Prediction Read(ReadOnlySpan<float> output)
    {
        if (_detector is null)
        {
            return new Prediction(_labels, output.ToArray(), null);
        }

        var mean = new float[_labels.Count];
        var row = new float[SoftmaxRows.Stride(_labels.Count)];
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
