using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Reference;

/// <summary>
/// The values of a running network as row-major tensors. Feature maps have another order in memory; all other values are row-major, each
/// element in its own type.
/// </summary>
internal static unsafe class RowMajorValues
{
    /// <summary>Whether a value is a feature map, which is copied to be row-major.</summary>
    public static bool IsMap(TensorType type) => type is { Element: ElementType.Float32, Shape: { Rank: 4 } shape } && shape[0] == 1;

    /// <summary>The floats of memory that elements of a type take.</summary>
    public static int FloatsFor(TensorType type) => checked((int)(((long)type.Shape.Length * SizeOf(type.Element)) + sizeof(float) - 1)
        / sizeof(float));

    /// <summary>A value's memory, as a buffer of its type.</summary>
    /// <param name="type">The type; not that of a map.</param>
    /// <param name="origin">The value's memory, which has room for it: its layout is as long as <see cref="FloatsFor"/> says.</param>
    public static TensorBuffer InPlace(TensorType type, float* origin)
    {
        int length = type.Shape.Length;
        return type.Element switch
        {
            ElementType.Float32 => new TensorBuffer<float>(origin, length),
            ElementType.Float64 => new TensorBuffer<double>((double*)origin, length),
            ElementType.Int64 => new TensorBuffer<long>((long*)origin, length),
            ElementType.Int32 => new TensorBuffer<int>((int*)origin, length),
            ElementType.UInt8 => new TensorBuffer<byte>((byte*)origin, length),
            ElementType.Int8 => new TensorBuffer<sbyte>((sbyte*)origin, length),
            ElementType.Boolean => new TensorBuffer<bool>((bool*)origin, length),
            _ => throw new ArgumentException($"values of {type.Element} are not computed", nameof(type)),
        };
    }

    private static int SizeOf(ElementType type) => type switch
    {
        ElementType.Float32 or ElementType.Int32 => sizeof(int),
        ElementType.Float64 or ElementType.Int64 => sizeof(long),
        ElementType.UInt8 or ElementType.Int8 or ElementType.Boolean => sizeof(byte),
        _ => throw new ArgumentException($"values of {type} are not computed", nameof(type)),
    };
}
