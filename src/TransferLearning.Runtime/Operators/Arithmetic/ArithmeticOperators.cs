using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Arithmetic on two or more tensors that broadcast to each other.</summary>
internal static class ArithmeticOperators
{
    public static IEnumerable<Operator> All =>
    [
        new BinaryOperator<Add>("Add") { HasKernel = true },
        new BinaryOperator<Subtract>("Sub") { HasKernel = true },
        new BinaryOperator<Multiply>("Mul") { HasKernel = true },
        new BinaryOperator<Divide>("Div") { HasKernel = true },
        new ModOperator { FirstOpset = 10 },
        new PowOperator(),
        new VariadicOperator<Add>("Sum") { HasKernel = true },
        new VariadicOperator<Add>("Mean") { DividesByCount = true },
        new VariadicOperator<Minimum>("Min") { HasKernel = true },
        new VariadicOperator<Maximum>("Max") { HasKernel = true },
    ];

    private readonly struct Add : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a + b;

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a + b;
    }

    private readonly struct Subtract : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a - b;

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a - b;
    }

    private readonly struct Multiply : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a * b;

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a * b;
    }

    private readonly struct Divide : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a / b;

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a / b;
    }

    private readonly struct Minimum : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => T.Min(a, b);

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector.Min(a, b);
    }

    private readonly struct Maximum : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => T.Max(a, b);

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector.Max(a, b);
    }
}
