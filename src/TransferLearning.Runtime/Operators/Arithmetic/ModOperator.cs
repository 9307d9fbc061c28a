using System.Collections.Immutable;
using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>
/// The remainder of a division: with the sign of the divisor, for integers alone, or, with fmod, with the sign of the dividend.
/// </summary>
internal sealed class ModOperator() : Operator("Mod", 2, 2, "fmod")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        TensorType type = BinaryFunctions.Combine(call, call.Type(0), call.Type(1));
        bool isInteger = type.Element is not (ElementType.Float32 or ElementType.Float64);
        return isInteger || KeepsSign(call)
            ? [type]
            : throw call.Error($"its inputs are of {type.Element}, for which its attribute fmod has to be 1");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        InferTypes(call);
        return
        [
            KeepsSign(call)
                ? BinaryFunctions.Apply<Remainder>(call, call.Value(0), call.Value(1))
                : BinaryFunctions.Apply<Modulo>(call, call.Value(0), call.Value(1)),
        ];
    }

    private static bool KeepsSign(OperatorCall call) => call.Attributes.Integer("fmod", 0) != 0;

    private readonly struct Remainder : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a % b;

        public static Vector<float> Apply(Vector<float> a, Vector<float> b)
        {
            Span<float> results = stackalloc float[Vector<float>.Count];
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = a[i] % b[i];
            }

            return new Vector<float>(results);
        }
    }

    private readonly struct Modulo : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T>
        {
            T remainder = a % b;
            return !T.IsZero(remainder) && T.IsNegative(remainder) != T.IsNegative(b) ? remainder + b : remainder;
        }

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) =>
            throw new NotSupportedException("this remainder is defined for integers alone");
    }
}
