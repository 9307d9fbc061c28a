namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Softmax and its logarithm.</summary>
internal static class SoftmaxOperators
{
    public static IEnumerable<Operator> All =>
    [
        new SoftmaxOperator("Softmax", (x, logOfSum) => Math.Exp(x - logOfSum)) { HasKernel = true },
        new SoftmaxOperator("LogSoftmax", (x, logOfSum) => x - logOfSum),
    ];
}
