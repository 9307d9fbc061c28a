namespace TransferLearning.Runtime.Operators.Pooling;

/// <summary>Operators that summarize neighboring elements of a channel.</summary>
internal static class PoolingOperators
{
    public static IEnumerable<Operator> All =>
    [
        new MaxPoolOperator { MaxOutputs = 2 },
        new AveragePoolOperator(),
        new GlobalPoolOperator("GlobalAveragePool", values => values.Average()),
        new GlobalPoolOperator("GlobalMaxPool", values => values.Max()),
    ];
}
