using System.Collections.Immutable;
using System.Numerics;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>
/// scale * (x - mean) / sqrt(variance + epsilon) + bias, with the inputs x [N, C, ...] and scale, bias, mean and variance, each [C] (Ioffe
/// and Szegedy, 2015). For inference, mean and variance are these inputs, which training collected. With training_mode (operator set 14 on)
/// they are those of the batch, and the second and third outputs are moving averages: momentum * input + (1 - momentum) * batch.
/// </summary>
internal sealed class BatchNormalizationOperator()
    : Operator("BatchNormalization", 5, 5, "epsilon", "momentum", "spatial", "training_mode")
{
    private const float DefaultMomentum = 0.9f;
    private const int OpsetWithTrainingMode = 14;

    /// <summary>Whether the node normalizes by the statistics of its batch, so that the result of an image depends on the others.</summary>
    public static bool IsTraining(Node node) => node.Attributes.Integer("training_mode", 0) != 0;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        call.RequireOneType();
        CheckOutputs(call);
        if (call.Attributes.Integer("spatial", 1) != 1)
        {
            throw call.Error("its attribute 'spatial' is 0 (one mean and variance per pixel), which is not supported");
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

        float epsilon = NormalizationOperators.EpsilonOf(call.Node);
        (float[] scale, float[] bias) = Affine<double>(call.Floats(1), call.Floats(2), mean, variance, epsilon);
        int plane = new Shape(shape.Dimensions[2..]).Length;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / plane % shape[1];
            values[i] = (values[i] * scale[channel]) + bias[channel];
        }

        Tensor[] outputs = [TensorConversion.FromDoubles(types[0].Element, shape, values), .. running];
        return outputs[..types.Length];
    }

    /// <summary>The normalization as one factor and one summand per channel: factor * x + summand.</summary>
    /// <typeparam name="TPrecision">The type to compute them in, before they are rounded to float32.</typeparam>
    public static (float[] Scale, float[] Bias) Affine<TPrecision>(
        ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, float epsilon)
        where TPrecision : IFloatingPointIeee754<TPrecision>
    {
        float[] factors = new float[scale.Length];
        float[] summands = new float[scale.Length];
        for (int i = 0; i < factors.Length; i++)
        {
            TPrecision factor = Precise(scale[i]) / TPrecision.Sqrt(Precise(variance[i]) + Precise(epsilon));
            factors[i] = float.CreateTruncating(factor);
            summands[i] = float.CreateTruncating(Precise(bias[i]) - (factor * Precise(mean[i])));
        }

        return (factors, summands);

        static TPrecision Precise(float value) => TPrecision.CreateTruncating(value);
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
            throw call.Error("it has statistics among its outputs, which only training mode gives; export the model for inference");
        }
    }

    private static Tensor Move(Tensor old, double[] batch, float momentum) => TensorConversion.FromDoubles(
        old.Type, old.Shape, [.. old.ToDoubles().Zip(batch, (o, b) => (o * momentum) + (b * (1 - momentum)))]);
}
