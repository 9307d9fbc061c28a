namespace TransferLearning.Runtime.Operators.Slicing;

/// <summary>Operators that join tensors, cut parts out of them or add margins.</summary>
internal static class SlicingOperators
{
    public static IEnumerable<Operator> All =>
    [
        new ConcatOperator { HasKernel = true },
        new SplitOperator { MaxOutputs = int.MaxValue, HasKernel = true },
        new SliceOperator { HasKernel = true },
        new PadOperator(),
    ];
}
