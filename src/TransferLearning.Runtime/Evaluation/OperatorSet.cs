using System.Collections.Frozen;
using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Operators.Arithmetic;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Operators.Indexing;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Operators.Quantization;
using TransferLearning.Runtime.Operators.Reduction;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Operators.Slicing;

namespace TransferLearning.Runtime.Evaluation;

/// <summary>All supported operators.</summary>
internal static class OperatorSet
{
    private static readonly FrozenDictionary<string, Operator> ByName = Create().ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);

    public static ImmutableArray<Operator> All { get; } = [.. ByName.Values.OrderBy(o => o.Name, StringComparer.Ordinal)];

    /// <summary>The operator of a node, even if it is newer than the operator set: passes may use newer operators than the file.</summary>
    /// <exception cref="InvalidNetworkException">The operator is not supported.</exception>
    public static Operator Find(Node node, int opset)
    {
        if (node.UnsupportedReason is { } reason)
        {
            throw new InvalidNetworkException(reason);
        }

        return ByName.TryGetValue(node.OperatorName, out Operator? known)
            ? known
            : throw new InvalidNetworkException(
                $"the node '{node.DisplayName}' uses the operator {node.OperatorName} (operator set {opset}), which is not supported");
    }

    /// <summary>Whether an operator of this name is supported.</summary>
    public static bool Has(string operatorName) => ByName.ContainsKey(operatorName);

    /// <summary>Checks that a node is valid in an operator set.</summary>
    /// <exception cref="InvalidNetworkException">
    /// The operator set does not have the operator, or the node has an attribute or a number of inputs or outputs that the operator does
    /// not take.
    /// </exception>
    public static void Check(Node node, int opset)
    {
        Operator known = Find(node, opset);
        string title = $"the node '{node.DisplayName}' ({node.OperatorName}, operator set {opset})";
        if (opset < known.FirstOpset || opset > known.LastOpset)
        {
            throw new InvalidNetworkException($"{title} uses an operator that this operator set does not have");
        }

        foreach (string name in node.Attributes.Names)
        {
            if (!known.Attributes.Contains(name))
            {
                string expected = known.Attributes.IsEmpty ? "it has none" : $"known are {string.Join(", ", known.Attributes)}";
                throw new InvalidNetworkException($"{title} has the unknown attribute '{name}'; {expected}");
            }
        }

        if (node.Inputs.Length < known.MinInputs || node.Inputs.Length > known.MaxInputs)
        {
            throw new InvalidNetworkException($"{title} has {node.Inputs.Length} inputs, not {known.MinInputs} to {known.MaxInputs}");
        }

        if (node.Outputs.Length == 0 || node.Outputs.Length > known.MaxOutputs)
        {
            throw new InvalidNetworkException($"{title} has {node.Outputs.Length} outputs, not 1 to {known.MaxOutputs}");
        }
    }

    /// <summary>Checks that a node has an output, and the inputs that its operator cannot do without.</summary>
    /// <exception cref="InvalidNetworkException">It has not.</exception>
    public static void CheckRequired(Node node)
    {
        if (node.Outputs.All(static o => o.Length == 0))
        {
            throw new InvalidNetworkException($"the node '{node.DisplayName}' ({node.OperatorName}) has no output");
        }

        int required = ByName.TryGetValue(node.OperatorName, out Operator? known) ? known.MinInputs : 0;
        for (int i = 0; i < required; i++)
        {
            if (i >= node.Inputs.Length || node.Inputs[i].Length == 0)
            {
                throw new InvalidNetworkException($"the node '{node.DisplayName}' ({node.OperatorName}) lacks its input {i}");
            }
        }
    }

    private static IEnumerable<Operator> Create() =>
    [
        .. ActivationOperators.All,
        .. ArithmeticOperators.All,
        .. ComparisonOperators.All,
        .. IndexingOperators.All,
        .. MatrixOperators.All,
        .. NormalizationOperators.All,
        .. PoolingOperators.All,
        .. QuantizationOperators.All,
        .. ReductionOperators.All,
        .. ShapingOperators.All,
        .. SlicingOperators.All,
        .. SoftmaxOperators.All,
        new ConvOperator { HasKernel = true },
        .. ConstantOperators.All,
    ];
}
