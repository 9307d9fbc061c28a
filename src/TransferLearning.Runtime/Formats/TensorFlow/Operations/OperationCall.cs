using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>A TensorFlow node with its converted inputs and the graph that it is converted into.</summary>
internal sealed class OperationCall(TensorFlowNode node, ConvertedValue[] inputs, GraphConversion graph)
{
    public TensorFlowNode Node => node;

    public GraphConversion Graph => graph;

    public IReadOnlyList<ConvertedValue> Inputs => inputs;

    /// <summary>Whether the node has its image axes in the order NCHW instead of NHWC.</summary>
    public bool IsDeclaredChannelsFirst => node.Text("data_format", "NHWC") switch
    {
        "NHWC" or "" => false,
        "NCHW" => true,
        var format => throw Error($"its data_format '{format}' is not one of NHWC and NCHW"),
    };

    public ConvertedValue Input(int index) => index < inputs.Length ? inputs[index] : throw Error($"its input {index} is missing");

    /// <summary>An input that is a feature map, in NCHW order.</summary>
    public ConvertedValue Map(int index) =>
        !IsDeclaredChannelsFirst ? graph.ChannelsFirst(Input(index))
        : graph.AsDeclared(Input(index)) is { Shape.Rank: 4 } map ? map
        : throw Error($"its input {Input(index).Shape} is not [N, C, H, W]");

    /// <summary>A feature map computed from <see cref="Map"/>, marked with the order of axes that it has in TensorFlow.</summary>
    public ConvertedValue MapResult(ConvertedValue value) => value with { IsChannelsFirst = !IsDeclaredChannelsFirst };

    /// <summary>An input that must be constant, with the axes in TensorFlow's order.</summary>
    public Tensor Constant(int index) =>
        Input(index).Constant ?? throw Error($"its input '{Input(index).Name}' must be a constant; freeze the graph for inference");

    public long[] Integers(int index) => Constant(index) is { Type: ElementType.Int64 } tensor
        ? tensor.Values<long>().ToArray()
        : throw Error($"its input '{Input(index).Name}' should be integers, not {Constant(index).Type}");

    /// <summary>Converts an axis of TensorFlow's, negative where it counts from the end, to one that counts from the start.</summary>
    public int Axis(long axis, int rank) =>
        axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw Error($"the axis {axis} is not within {rank}");

    /// <summary>A constant for this node, named after it.</summary>
    public ConvertedValue OwnConstant(string role, Tensor tensor) => GraphConversion.Constant($"{node.Name}:{role}", tensor);

    public ConvertedValue OwnIntegers(string role, params long[] values) => OwnConstant(role, Tensor.Vector(values));

    /// <summary>Adds the node that computes the result.</summary>
    public ConvertedValue Emit(
        string operatorName, ConvertedValue[] operands, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        graph.Emit(operatorName, node.Name, operands, attributes);

    /// <summary>Adds a node that computes an intermediate value.</summary>
    public ConvertedValue EmitPart(
        string role, string operatorName, ConvertedValue[] operands, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        graph.Emit(operatorName, $"{node.Name}:{role}", operands, attributes);

    public InvalidNetworkException Error(string problem) => node.Error(problem);
}
