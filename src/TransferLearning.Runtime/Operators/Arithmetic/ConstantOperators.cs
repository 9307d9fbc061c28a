namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Operators that create values or change their type.</summary>
internal static class ConstantOperators
{
    public static IEnumerable<Operator> All =>
    [
        new ConstantOperator(),
        new ConstantOfShapeOperator { FirstOpset = 9 },
        new RangeOperator { FirstOpset = 11 },
        new CastOperator(),
        new CastLikeOperator { FirstOpset = 15 },
    ];
}
