using TransferLearning.LinearAlgebra;
using TransferLearning.Retraining;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Unknowns;

namespace TransferLearning.Models;

/// <summary>
/// What a model's network computes for an image, and how that becomes a prediction. A model that can tell images of none of its classes
/// runs to the features, which the head and the detector then share; any other runs to the probabilities. Immutable; thread-safe.
/// </summary>
internal sealed class ModelOutput
{
    private readonly IReadOnlyList<string> _labels;
    private readonly LinearHead? _head;
    private readonly UnknownDetector? _detector;

    /// <exception cref="TransferLearningException">The detector does not fit the network. The message has no subject.</exception>
    public ModelOutput(Graph graph, ModelMetadata metadata)
    {
        (_labels, _detector, Name) = (metadata.Labels, metadata.Unknown, graph.Outputs[0].Name);
        if (_detector is null)
        {
            return;
        }

        (_head, Name) = ModelGraph.Split(graph);
        if (_head.FeatureSize != _detector.Distance.FeatureSize)
        {
            throw new TransferLearningException(
                $"is damaged: its head is for {_head.FeatureSize} features, "
                + $"its detector of unknown images for {_detector.Distance.FeatureSize}");
        }
    }

    /// <summary>The value to compute.</summary>
    public string Name { get; }

    /// <param name="output">The value, of one image.</param>
    public Prediction Read(ReadOnlySpan<float> output)
    {
        if (_detector is null)
        {
            return new Prediction(_labels, output.ToArray(), null);
        }

        var row = new float[SoftmaxRows.Stride(_head!.Classes)];
        for (int c = 0; c < _head.Classes; c++)
        {
            row[c] = _head.Bias[c] + DenseVector.Dot(_head.Weights.Slice(c * _head.FeatureSize, _head.FeatureSize), output);
        }

        SoftmaxRows.Apply(row, _head.Classes);
        return new Prediction(_labels, row[.._head.Classes], _detector.Score(output));
    }
}
