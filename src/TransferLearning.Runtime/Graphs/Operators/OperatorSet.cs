using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>All operators that the library knows.</summary>
internal static class OperatorSet
{
    private static readonly FrozenDictionary<string, Operator> ByName = Create().ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);

    public static ImmutableArray<Operator> All { get; } = [.. ByName.Values.OrderBy(o => o.Name, StringComparer.Ordinal)];

    /// <exception cref="InvalidNetworkException">The operator is not known, or not in this version of the operator set.</exception>
    public static Operator Find(Node node, int opset) =>
        !ByName.TryGetValue(node.OperatorName, out Operator? known)
            ? throw new InvalidNetworkException(
                $"the node '{node.DisplayName}' uses the operator {node.OperatorName} (operator set {opset}), which is not supported")
            : opset >= known.FirstOpset && opset <= known.LastOpset
                ? known
                : throw new InvalidNetworkException(
                    $"the node '{node.DisplayName}' uses the operator {node.OperatorName}, which operator set {opset} does not have");

    /// <exception cref="InvalidNetworkException">The node has an attribute or a number of inputs that its operator does not have.</exception>
    public static void CheckAttributes(Node node, int opset)
    {
        Operator known = Find(node, opset);
        foreach (string name in node.Attributes.Names)
        {
            if (!known.Attributes.Contains(name))
            {
                string expected = known.Attributes.IsEmpty ? "it has none" : $"known are {string.Join(", ", known.Attributes)}";
                throw new InvalidNetworkException(
                    $"the node '{node.DisplayName}' ({node.OperatorName}) has the unknown attribute '{name}'; {expected}");
            }
        }

        if (node.Inputs.Length < known.MinInputs || node.Inputs.Length > known.MaxInputs)
        {
            throw new InvalidNetworkException(
                $"the node '{node.DisplayName}' ({node.OperatorName}) has {node.Inputs.Length} inputs, not {known.MinInputs} to {known.MaxInputs}");
        }
    }

    private static IEnumerable<Operator> Create() =>
    [
        .. Activations.All,
        .. Arithmetic.All,
        .. Comparisons.All,
        .. MatrixProducts.All,
        .. Normalizations.All,
        .. Pools.All,
        .. Reductions.All,
        .. Shapes.All,
        .. Slices.All,
        .. Softmaxes.All,
        new ConvOperator(),
        .. Constants.All,
    ];
}
