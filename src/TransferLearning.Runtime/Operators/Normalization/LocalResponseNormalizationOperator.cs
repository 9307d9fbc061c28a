using System.Collections.Immutable;
using System.Numerics;
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
        InferTypes(call);
        Tensor input = call.Value(0), floats = input.To(ElementType.Float32);
        int size = (int)SizeOf(call), channels = input.Shape[1], plane = new Shape(input.Shape.Dimensions[2..]).Length;
        float beta = call.Attributes.Float("beta", 0.75f), bias = call.Attributes.Float("bias", 1);
        float factor = call.Attributes.Float("alpha", 0.0001f) / size;
        TensorBuffer<float> result = call.Memory.Output<float>(0, input.Length);
        call.For(input.Shape[0] * channels, (long)plane * (size + 16), (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                int channel = i % channels;
                int first = Math.Max(0, channel - ((size - 1) / 2)), last = Math.Min(channels - 1, channel + (size / 2));
                ReadOnlySpan<float> window = floats.Floats.Slice((i - channel + first) * plane, (last - first + 1) * plane);
                Normalize(window, channel - first, result.Span.Slice(i * plane, plane), factor, bias, beta);
            }
        });

        return [result.ToTensor(input.Shape).To(input.Type)];
    }

    /// <summary>Computes one channel.</summary>
    /// <param name="window">[channels of the window, plane].</param>
    /// <param name="channel">The channel among those of the window.</param>
    /// <param name="result">[plane].</param>
    /// <param name="factor">The factor of the sum of squares.</param>
    /// <param name="bias">The summand.</param>
    /// <param name="beta">The exponent.</param>
    private static void Normalize(ReadOnlySpan<float> window, int channel, Span<float> result, float factor, float bias, float beta)
    {
        int plane = result.Length;
        Span<float> tail = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < plane; i += Vector<float>.Count)
        {
            int count = Math.Min(Vector<float>.Count, plane - i);
            Vector<float> sum = Vector<float>.Zero, value = Vector<float>.Zero;
            for (int start = i, c = 0; start < window.Length; start += plane, c++)
            {
                Vector<float> x = Load(window.Slice(start, count), tail);
                sum = Vector.MultiplyAddEstimate(x, x, sum);
                value = c == channel ? x : value;
            }

            var power = Vector.Exp(Vector.Log((sum * factor) + Vector.Create(bias)) * -beta);
            (value * power).CopyTo(tail);
            tail[..count].CopyTo(result[i..]);
        }
    }

    private static Vector<float> Load(ReadOnlySpan<float> values, Span<float> tail)
    {
        if (values.Length == Vector<float>.Count)
        {
            return new Vector<float>(values);
        }

        tail.Clear();
        values.CopyTo(tail);
        return new Vector<float>(tail);
    }

    /// <summary>The number of channels, the element's own included, whose squares are summed.</summary>
    private static long SizeOf(OperatorCall call) => call.Attributes.Integer("size", 0);
}
