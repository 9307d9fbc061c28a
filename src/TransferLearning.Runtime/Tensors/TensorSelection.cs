namespace TransferLearning.Runtime.Tensors;

/// <summary>Creates tensors from elements of others.</summary>
internal static class TensorSelection
{
    /// <summary>A tensor of the elements at some flat positions of another; a negative position gives <paramref name="fill"/>.</summary>
    public static Tensor Select(this Tensor source, Shape shape, ReadOnlySpan<int> positions, double fill = 0) => source.Type switch
    {
        ElementType.Float32 => Tensor.Create(shape, Select(source.Floats, positions, (float)fill)),
        ElementType.Float64 => Tensor.Create(shape, Select(source.Values<double>(), positions, fill)),
        ElementType.Int64 => Tensor.Create(shape, Select(source.Values<long>(), positions, (long)fill)),
        ElementType.Int32 => Tensor.Create(shape, Select(source.Values<int>(), positions, (int)fill)),
        ElementType.UInt8 => Tensor.Create(shape, Select(source.Values<byte>(), positions, (byte)fill)),
        ElementType.Int8 => Tensor.Create(shape, Select(source.Values<sbyte>(), positions, (sbyte)fill)),
        ElementType.Boolean => Tensor.Create(shape, Select(source.Values<bool>(), positions, fill != 0)),
        _ => throw new ArgumentException($"tensors of {source.Type} have no elements to select", nameof(source)),
    };

    private static T[] Select<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> positions, T fill)
    {
        var selected = new T[positions.Length];
        for (int i = 0; i < selected.Length; i++)
        {
            selected[i] = positions[i] >= 0 ? source[positions[i]] : fill;
        }

        return selected;
    }
}
