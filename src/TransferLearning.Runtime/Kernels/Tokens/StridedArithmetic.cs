namespace TransferLearning.Runtime.Kernels.Tokens;

/// <summary>Element-wise operations of operands whose elements are apart, or of one element for all.</summary>
internal static unsafe class StridedArithmetic
{
    /// <summary>The elements that are brought side by side at a time.</summary>
    private const int Block = 256;

    /// <summary>y = a op b, then clamped.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="a">The left operand.</param>
    /// <param name="aStride">The distance between its elements; 0 for the same for all.</param>
    /// <param name="b">The right operand.</param>
    /// <param name="bStride">The distance between its elements; 0 for the same for all.</param>
    /// <param name="y">Consecutive.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound.</param>
    public static void Run(
        BinaryOperation operation, float* a, nint aStride, float* b, nint bStride, float* y, int length, float minimum, float maximum)
    {
        if (aStride == 1 && bStride == 1)
        {
            Elementwise.Binary(operation, a, b, y, length, minimum, maximum);
            return;
        }

        float* left = stackalloc float[Block], right = stackalloc float[Block];
        for (int i = 0; i < length; i += Block)
        {
            int count = Math.Min(Block, length - i);
            float* l = Consecutive(a + (i * aStride), aStride, left, count), r = Consecutive(b + (i * bStride), bStride, right, count);
            Elementwise.Binary(operation, l, r, y + i, count, minimum, maximum);
        }
    }

    private static float* Consecutive(float* x, nint stride, float* memory, int count)
    {
        if (stride == 1)
        {
            return x;
        }

        if (stride == 0)
        {
            new Span<float>(memory, count).Fill(*x);
            return memory;
        }

        for (int i = 0; i < count; i++)
        {
            memory[i] = x[i * stride];
        }

        return memory;
    }
}
