using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Golden;

/// <summary>Values in [-1, 1), the same bits as those of make-golden.mjs.</summary>
internal static class SeededInput
{
    public static Tensor Create(Shape shape, uint seed)
    {
        float[] values = new float[shape.Length];
        uint state = seed;
        for (int i = 0; i < values.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            values[i] = ((state >> 8) / 8388608f) - 1;
        }

        return Tensor.Create(shape, values);
    }
}
