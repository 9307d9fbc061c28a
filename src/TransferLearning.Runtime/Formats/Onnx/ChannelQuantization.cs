using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// Quantizes weights to whole numbers -127..127 times one scale per output channel, symmetric about 0 (Krishnamoorthi, 2018). Of several
/// candidates, the scale is the one with the smallest squared error, which may clip the few largest weights.
/// </summary>
internal static class ChannelQuantization
{
    private const int Levels = 127;
    private const int Candidates = 16;

    /// <summary>The smallest candidate, relative to the scale that clips no weight.</summary>
    private const double MinShare = 0.6;

    /// <param name="weights">Finite float32 values.</param>
    /// <param name="axis">The axis of the output channels.</param>
    /// <returns>Int8 values of the same shape, and one scale per output channel.</returns>
    public static (Tensor Values, Tensor Scales) Quantize(Tensor weights, int axis)
    {
        ReadOnlySpan<float> source = weights.Floats;
        int channels = weights.Shape[axis];
        int inner = new Shape(weights.Shape.Dimensions[(axis + 1)..]).Length, outer = weights.Length / (channels * inner);
        sbyte[] values = new sbyte[weights.Length];
        float[] scales = new float[channels];
        float[] channel = new float[outer * inner];
        for (int c = 0; c < channels; c++)
        {
            for (int o = 0; o < outer; o++)
            {
                source.Slice(((o * channels) + c) * inner, inner).CopyTo(channel.AsSpan(o * inner));
            }

            scales[c] = Scale(channel);
            for (int o = 0; o < outer; o++)
            {
                for (int i = 0; i < inner; i++)
                {
                    values[(((o * channels) + c) * inner) + i] = (sbyte)Round(channel[(o * inner) + i], scales[c]);
                }
            }
        }

        return (Tensor.Create(weights.Shape, values), Tensor.Vector(scales));
    }

    private static float Scale(ReadOnlySpan<float> channel)
    {
        float largest = 0;
        foreach (float weight in channel)
        {
            largest = Math.Max(largest, Math.Abs(weight));
        }

        // A channel of zeros, or of numbers too small to divide by.
        if (largest < 1e-30f)
        {
            return 1;
        }

        float best = largest / Levels;
        double least = double.PositiveInfinity;
        for (int k = 0; k < Candidates; k++)
        {
            float scale = (float)(largest * (1 - ((1 - MinShare) * k / (Candidates - 1))) / Levels);
            double error = 0;
            foreach (float weight in channel)
            {
                double difference = weight - (Round(weight, scale) * scale);
                error += difference * difference;
            }

            if (error < least)
            {
                (least, best) = (error, scale);
            }
        }

        return best;
    }

    private static float Round(float weight, float scale) =>
        Math.Clamp(MathF.Round(weight / scale, MidpointRounding.ToEven), -Levels, Levels);
}
