using System.Numerics;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Applies an <see cref="IBinaryFunction"/> to tensors of any numeric element type.</summary>
internal static class BinaryFunctions
{
    /// <summary>The common element type of two operands, and the shape that they broadcast to.</summary>
    public static TensorType Combine(OperatorCall call, TensorType a, TensorType b)
    {
        if (a.Element != b.Element)
        {
            throw call.Error($"its inputs are of {a.Element} and {b.Element}, which do not mix");
        }

        return Broadcasting.Combine(a.Shape, b.Shape) is { } shape
            ? new TensorType(a.Element, shape)
            : throw call.Error($"its inputs of the shapes {a.Shape} and {b.Shape} do not broadcast");
    }

    public static Tensor Apply<TFunction>(OperatorCall call, Tensor a, Tensor b)
        where TFunction : struct, IBinaryFunction
    {
        TensorType type = Combine(call, TensorType.Of(a), TensorType.Of(b));
        (a, b) = (a.BroadcastTo(type.Shape), b.BroadcastTo(type.Shape));
        return type.Element switch
        {
            ElementType.Float32 => Tensor.Create(type.Shape, Apply<TFunction, float>(a, b)),
            ElementType.Float64 => Tensor.Create(type.Shape, Apply<TFunction, double>(a, b)),
            ElementType.Int64 => Tensor.Create(type.Shape, ApplyInteger<TFunction, long>(call, a, b)),
            ElementType.Int32 => Tensor.Create(type.Shape, ApplyInteger<TFunction, int>(call, a, b)),
            ElementType.UInt8 => Tensor.Create(type.Shape, ApplyInteger<TFunction, byte>(call, a, b)),
            ElementType.Int8 => Tensor.Create(type.Shape, ApplyInteger<TFunction, sbyte>(call, a, b)),
            _ => throw call.Error($"it does not take {type.Element}"),
        };
    }

    private static T[] Apply<TFunction, T>(Tensor a, Tensor b)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> left = a.Values<T>();
        ReadOnlySpan<T> right = b.Values<T>();
        var result = new T[left.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = TFunction.Apply(left[i], right[i]);
        }

        return result;
    }

    private static T[] ApplyInteger<TFunction, T>(OperatorCall call, Tensor a, Tensor b)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged, INumber<T>
    {
        try
        {
            return Apply<TFunction, T>(a, b);
        }
        catch (DivideByZeroException)
        {
            throw call.Error("it divides an integer by zero");
        }
    }
}
