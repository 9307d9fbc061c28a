using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>Copies blocks of consecutive elements to and from positions.</summary>
internal static class ElementBlocks
{
    /// <summary>Copies the blocks at some positions of a tensor, one after the other.</summary>
    /// <param name="call">The call, for its threads.</param>
    /// <param name="source">The tensor.</param>
    /// <param name="positions">The first element of each block.</param>
    /// <param name="length">The number of elements of a block.</param>
    /// <param name="target">Where the blocks go.</param>
    public static void Gather(OperatorCall call, Tensor source, int[] positions, int length, TensorBuffer target)
    {
        int size = target.Bytes.Length / Math.Max(1, target.Length), bytes = size * length;
        call.For(bytes == 0 ? 0 : positions.Length, bytes / sizeof(float), (from, to) =>
        {
            ReadOnlySpan<byte> values = source.Bytes;
            Span<byte> result = target.Bytes;
            for (int i = from; i < to; i++)
            {
                values.Slice(positions[i] * size, bytes).CopyTo(result[(i * bytes)..]);
            }
        });
    }
}
