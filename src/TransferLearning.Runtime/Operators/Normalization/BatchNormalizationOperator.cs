using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>
/// scale * (x - mean) / sqrt(variance + epsilon) + bias, with the inputs x [N, C, ...], scale, bias, mean and variance [C] each (Ioffe and
/// Szegedy, 2015). For inference the statistics are those inputs, gathered in training. With training_mode (operator set 14 on) they are
/// the batch's own, and the second and third output are the inputs moved towards them: momentum of the old, the rest of the new.
/// </summary>
internal sealed class BatchNormalizationOperator()
    : Operator("BatchNormalization", 5, 5, "epsilon", "momentum", "spatial", "training_mode")
{
    public const float DefaultEpsilon = 1e-5f;

    private const float DefaultMomentum = 0.9f;
    private const int OpsetWithTrainingMode = 14;

    /// <summary>Whether the node normalizes by the statistics of its batch, so that its images change each other's results.</summary>
    public static bool IsTraining(Node node) => node.Attributes.Integer("training_mode", 0) != 0;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        CheckOutputs(call);
        if (call.Attributes.Integer("spatial", 1) != 1)
        {
            throw call.Error("its attribute 'spatial' is 0 (statistics a pixel), which is not supported");
        }

        Shape input = call.Shape(0);
        for (int i = 1; i < 5; i++)
        {
            if (input.Rank < 2 || !call.Shape(i).Equals(new Shape(input[1])))
            {
                throw call.Error($"its input {i} of the shape {call.Shape(i)} does not fit the channels of {input}");
            }
        }

        TensorType[] all = [call.Type(0), call.Type(3), call.Type(4)];
        return [.. all.Take(call.Node.Outputs.Length)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        ImmutableArray<TensorType> types = InferTypes(call);
        double[] values = call.Value(0).ToDoubles();
        Shape shape = types[0].Shape;
        float[] mean = call.Floats(3).ToArray(), variance = call.Floats(4).ToArray();
        Tensor[] running = [];
        if (IsTraining(call.Node))
        {
            float momentum = call.Attributes.Float("momentum", DefaultMomentum);
            var batch = BatchStatistics.Of(values, shape);
            running = [Move(call.Value(3), batch.Mean, momentum), Move(call.Value(4), batch.Variance, momentum)];
            (mean, variance) = (Array.ConvertAll(batch.Mean, m => (float)m), Array.ConvertAll(batch.Variance, v => (float)v));
        }

        float epsilon = call.Attributes.Float("epsilon", DefaultEpsilon);
        (float[] scale, float[] bias) = Affine(call.Floats(1), call.Floats(2), mean, variance, epsilon);
        int plane = new Shape(shape.Dimensions[2..]).Length;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / plane % shape[1];
            values[i] = (values[i] * scale[channel]) + bias[channel];
        }

        Tensor[] outputs = [TensorConversion.FromDoubles(types[0].Element, shape, values), .. running];
        return outputs[..types.Length];
    }

    /// <summary>The factor and the summand a channel that the normalization comes down to.</summary>
    public static (float[] Scale, float[] Bias) Affine(
        ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, float epsilon)
    {
        float[] factors = new float[scale.Length];
        float[] summands = new float[scale.Length];
        for (int i = 0; i < factors.Length; i++)
        {
            double factor = scale[i] / Math.Sqrt((double)variance[i] + epsilon);
            (factors[i], summands[i]) = ((float)factor, (float)(bias[i] - (factor * mean[i])));
        }

        return (factors, summands);
    }

    private static void CheckOutputs(OperatorCall call)
    {
        ReadOnlySpan<string> statistics = call.Node.Outputs.AsSpan()[1..];
        if ((IsTraining(call.Node) || statistics.ContainsAnyExcept("")) && call.Opset < OpsetWithTrainingMode)
        {
            throw call.Error("it is set to training as before operator set 14, which is not supported; export the model for inference");
        }

        if (statistics.Length > (IsTraining(call.Node) ? 2 : 0) && statistics.ContainsAnyExcept(""))
        {
            throw call.Error("it has statistics among its outputs that there are in training mode only; export the model for inference");
        }
    }

    private static Tensor Move(Tensor old, double[] batch, float momentum) => TensorConversion.FromDoubles(
        old.Type, old.Shape, [.. old.ToDoubles().Zip(batch, (o, b) => (o * momentum) + (b * (1 - momentum)))]);
}
