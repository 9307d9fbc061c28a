using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Comparisons and logical operators, whose results are booleans, and Where, which chooses by a boolean.</summary>
internal static class ComparisonOperators
{
    public static IEnumerable<Operator> All =>
    [
        new ComparisonOperator<Equal>("Equal"),
        new ComparisonOperator<Greater>("Greater"),
        new ComparisonOperator<GreaterOrEqual>("GreaterOrEqual") { FirstOpset = 12 },
        new ComparisonOperator<Less>("Less"),
        new ComparisonOperator<LessOrEqual>("LessOrEqual") { FirstOpset = 12 },
        new ComparisonOperator<And>("And"),
        new ComparisonOperator<Or>("Or"),
        new ComparisonOperator<Xor>("Xor"),
        new UnaryOperator("Not", x => x == 0 ? 1 : 0),
        new ClassificationOperator("IsNaN", static _ => double.IsNaN) { FirstOpset = 9 },
        new ClassificationOperator("IsInf", InfinityOf, "detect_negative", "detect_positive") { FirstOpset = 10 },
        new WhereOperator { FirstOpset = 9 },
    ];

    private static Func<double, bool> InfinityOf(OperatorCall call)
    {
        bool negative = call.Attributes.Integer("detect_negative", 1) != 0, positive = call.Attributes.Integer("detect_positive", 1) != 0;
        return x => (negative && double.IsNegativeInfinity(x)) || (positive && double.IsPositiveInfinity(x));
    }

    private readonly struct Equal : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => a == b;
    }

    private readonly struct Greater : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => a > b;
    }

    private readonly struct GreaterOrEqual : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => a >= b;
    }

    private readonly struct Less : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => a < b;
    }

    private readonly struct LessOrEqual : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => a <= b;
    }

    private readonly struct And : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => !T.IsZero(a) && !T.IsZero(b);
    }

    private readonly struct Or : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => !T.IsZero(a) || !T.IsZero(b);
    }

    private readonly struct Xor : IComparison
    {
        public static bool Test<T>(T a, T b)
            where T : INumber<T> => T.IsZero(a) != T.IsZero(b);
    }
}
