using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>Divides by (bias + alpha / size * sum of squares over neighboring channels) ^ beta (Krizhevsky et al., 2012).</summary>
internal sealed class LocalResponseNormalizationOperator() : Operator("LRN", 1, 1, "alpha", "beta", "bias", "size")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        call.Shape(0).Rank >= 3 && SizeOf(call) >= 1
            ? [call.Type(0)]
            : throw call.Error("it needs an input [N, C, ...] and a positive attribute 'size'");

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] values = call.Value(0).ToDoubles();
        int size = (int)SizeOf(call);
        double alpha = call.Attributes.Float("alpha", 0.0001f);
        double beta = call.Attributes.Float("beta", 0.75f);
        double bias = call.Attributes.Float("bias", 1);
        int channels = type.Shape[1];
        int plane = new Shape(type.Shape.Dimensions[2..]).Length;
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / plane % channels;
            double sum = 0;
            for (int c = Math.Max(0, channel - ((size - 1) / 2)); c <= Math.Min(channels - 1, channel + (size / 2)); c++)
            {
                double v = values[i + ((c - channel) * plane)];
                sum += v * v;
            }

            result[i] = values[i] / Math.Pow(bias + (alpha / size * sum), beta);
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, result)];
    }

    /// <summary>The number of channels, the element's own included, whose squares are summed.</summary>
    private static long SizeOf(OperatorCall call) => call.Attributes.Integer("size", 0);
}
