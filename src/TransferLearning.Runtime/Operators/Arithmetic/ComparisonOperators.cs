namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Comparisons and logical operators, whose results are booleans, and Where, which chooses by a boolean.</summary>
internal static class ComparisonOperators
{
    public static IEnumerable<Operator> All =>
    [
        new ComparisonOperator("Equal", (a, b) => a == b),
        new ComparisonOperator("Greater", (a, b) => a > b),
        new ComparisonOperator("GreaterOrEqual", (a, b) => a >= b) { FirstOpset = 12 },
        new ComparisonOperator("Less", (a, b) => a < b),
        new ComparisonOperator("LessOrEqual", (a, b) => a <= b) { FirstOpset = 12 },
        new ComparisonOperator("And", (a, b) => a != 0 && b != 0),
        new ComparisonOperator("Or", (a, b) => a != 0 || b != 0),
        new ComparisonOperator("Xor", (a, b) => (a != 0) != (b != 0)),
        new UnaryOperator("Not", x => x == 0 ? 1 : 0),
        new WhereOperator { FirstOpset = 9 },
    ];
}
