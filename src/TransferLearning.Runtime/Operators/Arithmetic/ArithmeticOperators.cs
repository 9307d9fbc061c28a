using System.Numerics;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Arithmetic on two or more tensors that broadcast to each other.</summary>
internal static class ArithmeticOperators
{
    public static IEnumerable<Operator> All =>
    [
        new BinaryOperator<Add>("Add"),
        new BinaryOperator<Subtract>("Sub"),
        new BinaryOperator<Multiply>("Mul"),
        new BinaryOperator<Divide>("Div"),
        new PowOperator(),
        new VariadicOperator<Add>("Sum"),
        new VariadicOperator<Add>("Mean") { DividesByCount = true },
        new VariadicOperator<Minimum>("Min"),
        new VariadicOperator<Maximum>("Max"),
    ];

    private readonly struct Add : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a + b;
    }

    private readonly struct Subtract : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a - b;
    }

    private readonly struct Multiply : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a * b;
    }

    private readonly struct Divide : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a / b;
    }

    private readonly struct Minimum : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => T.Min(a, b);
    }

    private readonly struct Maximum : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => T.Max(a, b);
    }
}
