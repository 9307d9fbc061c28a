using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>
/// scale * (x - mean) / sqrt(variance + epsilon) + bias, with the inputs x [N, C, ...], scale, bias, mean and variance [C] each: the form
/// for inference, with the statistics gathered in training (Ioffe and Szegedy, 2015).
/// </summary>
internal sealed class BatchNormalizationOperator()
    : Operator("BatchNormalization", 5, 5, "epsilon", "momentum", "spatial", "training_mode")
{
    public const float DefaultEpsilon = 1e-5f;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        if (call.Attributes.Integer("training_mode", 0) != 0 || call.Node.Outputs.Skip(1).Any(o => o.Length > 0))
        {
            throw call.Error("it is set to training, which is not supported; export the model for inference");
        }

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

        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] values = call.Value(0).ToDoubles();
        (float[] scale, float[] bias) = Affine(
            call.Floats(1), call.Floats(2), call.Floats(3), call.Floats(4), call.Attributes.Float("epsilon", DefaultEpsilon));
        int channels = type.Shape[1];
        int plane = new Shape(type.Shape.Dimensions[2..]).Length;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / plane % channels;
            values[i] = (values[i] * scale[channel]) + bias[channel];
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }

    /// <summary>The factor and the summand a channel that the normalization comes down to.</summary>
    public static (float[] Scale, float[] Bias) Affine(
        ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, float epsilon)
    {
        var factors = new float[scale.Length];
        var summands = new float[scale.Length];
        for (int i = 0; i < factors.Length; i++)
        {
            double factor = scale[i] / Math.Sqrt((double)variance[i] + epsilon);
            (factors[i], summands[i]) = ((float)factor, (float)(bias[i] - (factor * mean[i])));
        }

        return (factors, summands);
    }
}
