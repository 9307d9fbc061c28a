namespace TransferLearning.Runtime.Operators.Slicing;

/// <summary>Operators that join tensors, or take and add parts.</summary>
internal static class SlicingOperators
{
    public static IEnumerable<Operator> All =>
    [
        new ConcatOperator(),
        new SplitOperator { MaxOutputs = int.MaxValue },
        new SliceOperator(),
        new PadOperator(),
        new GatherOperator(),
    ];
}
