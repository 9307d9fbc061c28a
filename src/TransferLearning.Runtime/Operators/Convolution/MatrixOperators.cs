namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>Matrix products.</summary>
internal static class MatrixOperators
{
    public static IEnumerable<Operator> All =>
    [
        new GemmOperator { HasKernel = true },
        new MatMulOperator { HasKernel = true },
        new EinsumOperator { FirstOpset = EinsumOperator.OpsetWithEinsum },
    ];
}
