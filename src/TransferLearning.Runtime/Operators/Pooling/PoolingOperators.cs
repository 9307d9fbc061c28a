namespace TransferLearning.Runtime.Operators.Pooling;

/// <summary>Operators that summarize neighboring elements of a channel.</summary>
internal static class PoolingOperators
{
    public static IEnumerable<Operator> All =>
    [
        new MaxPoolOperator { MaxOutputs = 2, HasKernel = true },
        new AveragePoolOperator { HasKernel = true },
        new GlobalPoolOperator("GlobalAveragePool", values => values.Average()) { HasKernel = true },
        new GlobalPoolOperator("GlobalMaxPool", values => values.Max()) { HasKernel = true },
    ];
}
