using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Imaging.Transforms;

/// <summary>Computes output rows as weighted sums of source rows.</summary>
internal static class VerticalResize
{
    /// <summary>target = row * weight + offset, for the first source row of an output row.</summary>
    /// <param name="row">The source row.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="offsets">The initial value of each output value; of the length of the row.</param>
    /// <param name="target">The output row.</param>
    public static void Start(ReadOnlySpan<float> row, float weight, ReadOnlySpan<float> offsets, Span<float> target) =>
        MultiplyAdd(row, weight, offsets, target);

    /// <summary>target += row * weight.</summary>
    public static void Add(ReadOnlySpan<float> row, float weight, Span<float> target) => MultiplyAdd(row, weight, target, target);

    private static void MultiplyAdd(ReadOnlySpan<float> row, float weight, ReadOnlySpan<float> addend, Span<float> target)
    {
        ref float a = ref MemoryMarshal.GetReference(row);
        ref float b = ref MemoryMarshal.GetReference(addend);
        ref float c = ref MemoryMarshal.GetReference(target);
        var vector = Vector256.Create(weight);
        int i = 0;
        for (; i <= target.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, (nuint)i), vector, Vector256.LoadUnsafe(ref b, (nuint)i))
                .StoreUnsafe(ref c, (nuint)i);
        }

        for (; i < target.Length; i++)
        {
            target[i] = MathF.FusedMultiplyAdd(row[i], weight, addend[i]);
        }
    }
}
