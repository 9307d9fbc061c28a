using System.Collections.Immutable;
using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Raises the first input to the power of the second, which may be of another type.</summary>
internal sealed class PowOperator() : Operator("Pow", 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [BinaryFunctions.Combine(call, call.Type(0), call.Type(1) with { Element = call.Type(0).Element })];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] exponents = call.Value(1).ToDoubles();
        if (exponents is [var exponent] && type.Shape.Equals(call.Shape(0)))
        {
            return [UnaryOperator.Apply(call, call.Value(0), FunctionOf(exponent))];
        }

        double[] values = StridedCopy.Broadcast(call, call.Value(0), type.Shape).ToDoubles();
        exponents = StridedCopy.Broadcast(call, call.Value(1), type.Shape).ToDoubles();
        call.For(values.Length, 16, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                values[i] = Math.Pow(values[i], exponents[i]);
            }
        });

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }

    /// <summary>A power by one exponent; the usual ones need no logarithm.</summary>
    private static ElementFunction FunctionOf(double exponent) => exponent switch
    {
        2 => ElementFunction.Of(default(Square)),
        3 => ElementFunction.Of(default(Cube)),
        0.5 => ElementFunction.Of(default(Root)),
        _ => ElementFunction.Of(x => Math.Pow(x, exponent)),
    };

    private readonly struct Square : IUnaryFunction
    {
        public double Of(double x) => x * x;

        public Vector<float> Of(Vector<float> x) => x * x;
    }

    private readonly struct Cube : IUnaryFunction
    {
        public double Of(double x) => x * x * x;

        public Vector<float> Of(Vector<float> x) => x * x * x;
    }

    private readonly struct Root : IUnaryFunction
    {
        // Unlike the square root, the power 0.5 of minus infinity is infinity, and that of -0 is 0.
        public double Of(double x) => Math.Pow(x, 0.5);

        public Vector<float> Of(Vector<float> x) => Vector.ConditionalSelect(
            Vector.Equals(x, Vector.Create(float.NegativeInfinity)),
            Vector.Create(float.PositiveInfinity),
            Vector.SquareRoot(x + Vector<float>.Zero));
    }
}
