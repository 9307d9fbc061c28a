using System.Collections.Frozen;
using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>All TensorFlow operators that can be converted.</summary>
internal static class OperationSet
{
    private static readonly FrozenDictionary<string, Func<OperationCall, ConvertedValue[]>> ByName =
        new IEnumerable<Operation>[]
        {
            ArithmeticOperations.All, ConvolutionOperations.All, NormalizationOperations.All, PassingOperations.All, PoolOperations.All,
            ReductionOperations.All, RearrangingOperations.All, ShapeOperations.All,
        }
        .SelectMany(o => o)
        .ToFrozenDictionary(o => o.Name, o => o.Convert, StringComparer.Ordinal);

    public static ImmutableArray<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="InvalidNetworkException">The operator is not supported, or its inputs or attributes do not fit it.</exception>
    public static ConvertedValue[] Convert(OperationCall call) =>
        ByName.TryGetValue(call.Node.OperatorName, out Func<OperationCall, ConvertedValue[]>? convert)
            ? convert(call)
            : throw Unknown(call.Node);

    private static InvalidNetworkException Unknown(TensorFlowNode node) => node.OperatorName switch
    {
        "Variable" or "VariableV2" or "VarHandleOp" or "ReadVariableOp" => new InvalidNetworkException(
            $"the node '{node.Name}' ({node.OperatorName}) is a variable, whose values are not in the file; freeze the graph, so that its "
            + "weights are constants"),
        "Placeholder" => new InvalidNetworkException($"the placeholder '{node.Name}' is a second input; only one image is fed"),
        _ => new InvalidNetworkException(
            $"the node '{node.Name}' uses the TensorFlow operator {node.OperatorName}, which is not supported"),
    };
}
