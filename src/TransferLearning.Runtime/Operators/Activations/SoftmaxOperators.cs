namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Softmax and its logarithm.</summary>
internal static class SoftmaxOperators
{
    public static IEnumerable<Operator> All =>
    [
        new SoftmaxOperator("Softmax", isLogarithm: false) { HasKernel = true },
        new SoftmaxOperator("LogSoftmax", isLogarithm: true),
    ];
}
