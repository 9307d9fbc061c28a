using System.Numerics;

namespace TransferLearning.Runtime.Tensors;

/// <summary>Converts tensors to other element types.</summary>
internal static class TensorConversion
{
    /// <summary>Converts each element: fractions are cut off, values out of range become the nearest in range, non-zero is true.</summary>
    public static Tensor To(this Tensor source, ElementType type) => source.Type == type ? source : source.Type switch
    {
        ElementType.Float32 => Convert(source.Floats, source.Shape, type),
        ElementType.Float64 => Convert(source.Values<double>(), source.Shape, type),
        ElementType.Int64 => Convert(source.Values<long>(), source.Shape, type),
        ElementType.Int32 => Convert(source.Values<int>(), source.Shape, type),
        ElementType.UInt8 => Convert(source.Values<byte>(), source.Shape, type),
        ElementType.Int8 => Convert(source.Values<sbyte>(), source.Shape, type),
        ElementType.Boolean => Convert<byte>(Array.ConvertAll(source.Values<bool>().ToArray(), v => (byte)(v ? 1 : 0)), source.Shape, type),
        _ => throw new ArgumentException($"tensors of {source.Type} cannot be converted", nameof(source)),
    };

    public static double[] ToDoubles(this Tensor source) => source.To(ElementType.Float64).Values<double>().ToArray();

    public static Tensor FromDoubles(ElementType type, Shape shape, double[] values) => Tensor.Create(shape, values).To(type);

    private static Tensor Convert<T>(ReadOnlySpan<T> source, Shape shape, ElementType type)
        where T : INumber<T> => type switch
        {
            ElementType.Float32 => Tensor.Create(shape, Convert<T, float>(source)),
            ElementType.Float64 => Tensor.Create(shape, Convert<T, double>(source)),
            ElementType.Int64 => Tensor.Create(shape, Convert<T, long>(source)),
            ElementType.Int32 => Tensor.Create(shape, Convert<T, int>(source)),
            ElementType.UInt8 => Tensor.Create(shape, Convert<T, byte>(source)),
            ElementType.Int8 => Tensor.Create(shape, Convert<T, sbyte>(source)),
            ElementType.Boolean => Tensor.Create(shape, Array.ConvertAll(source.ToArray(), v => !T.IsZero(v))),
            _ => throw new ArgumentException($"tensors cannot be converted to {type}", nameof(type)),
        };

    private static TTo[] Convert<TFrom, TTo>(ReadOnlySpan<TFrom> source)
        where TFrom : INumber<TFrom>
        where TTo : INumber<TTo>
    {
        var converted = new TTo[source.Length];
        for (int i = 0; i < converted.Length; i++)
        {
            converted[i] = TTo.CreateSaturating(source[i]);
        }

        return converted;
    }
}
