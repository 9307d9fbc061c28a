using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;
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

    /// <summary>The function of two tensors, as the first output of the call.</summary>
    public static Tensor Apply<TFunction>(OperatorCall call, Tensor a, Tensor b)
        where TFunction : struct, IBinaryFunction
    {
        TensorType type = Combine(call, TensorType.Of(a), TensorType.Of(b));
        return type.Element switch
        {
            ElementType.Float32 => Apply<TFunction, float>(call, type.Shape, a, b),
            ElementType.Float64 => Apply<TFunction, double>(call, type.Shape, a, b),
            ElementType.Int64 => ApplyInteger<TFunction, long>(call, type.Shape, a, b),
            ElementType.Int32 => ApplyInteger<TFunction, int>(call, type.Shape, a, b),
            ElementType.UInt8 => ApplyInteger<TFunction, byte>(call, type.Shape, a, b),
            ElementType.Int8 => ApplyInteger<TFunction, sbyte>(call, type.Shape, a, b),
            _ => throw call.Error($"it does not take {type.Element}"),
        };
    }

    private static Tensor Apply<TFunction, T>(OperatorCall call, Shape shape, Tensor a, Tensor b)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged, INumber<T>
    {
        TensorBuffer<T> result = call.Memory.Output<T>(0, shape.Length);
        BroadcastLoop.Run<TFunction, T>(call, shape, a, b, result);
        return result.ToTensor(shape);
    }

    private static Tensor ApplyInteger<TFunction, T>(OperatorCall call, Shape shape, Tensor a, Tensor b)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged, INumber<T>
    {
        try
        {
            return Apply<TFunction, T>(call, shape, a, b);
        }
        catch (DivideByZeroException)
        {
            throw call.Error("it divides an integer by zero");
        }
    }
}
