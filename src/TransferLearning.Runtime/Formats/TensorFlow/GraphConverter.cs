using TransferLearning.Runtime.Formats.TensorFlow.Messages;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;
using TransferLearning.Runtime.Formats.TensorFlow.Operations;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow;

/// <summary>Converts the part of a TensorFlow graph between its input and its output into a <see cref="Graph"/>.</summary>
internal static class GraphConverter
{
    // The height and width for which shapes are inferred where the file leaves them open.
    private const int UsualSize = 224;

    /// <exception cref="InvalidNetworkException">The input or output is not found, or a node between them is not supported.</exception>
    public static Graph Convert(TensorFlowNetwork network, string? inputName, string? outputName, int? size)
    {
        TensorFlowNode input = Endpoints.Input(network, inputName);
        NodeReference output = Endpoints.Output(network, input, outputName);
        TensorFlowNode last = network.Find(output.Name);
        var branches = new BranchSelection(network, last);
        IReadOnlyList<TensorFlowNode> order = DepthFirst.Order(
            last,
            node => node == input ? [] : branches.Inputs(node).Select(i => network.Find(i, node)),
            (node, other) => throw node.Error($"it depends on '{other.Name}', which depends on it; loops are not supported"));
        if (!order.Contains(input) || last == input)
        {
            throw new InvalidNetworkException($"the value '{output}' does not depend on the input '{input.Name}'");
        }

        var conversion = new GraphConversion();
        (ValueInfo declared, ConvertedValue image) = Image(input, size ?? UsualSize);
        var values = new Dictionary<string, ConvertedValue[]>(StringComparer.Ordinal) { [input.Name] = [image] };
        foreach (TensorFlowNode node in order.Where(n => n != input))
        {
            ConvertedValue[] inputs = [.. branches.Inputs(node).Select(i => Find(values, i, node))];
            values[node.Name] = OperationSet.Convert(new OperationCall(node, inputs, conversion));
        }

        ConvertedValue result = Find(values, output, last);
        return UnusedRemoval.Run(new Graph
        {
            Name = Path.GetFileNameWithoutExtension(network.FileName),
            OpsetVersion = GraphConversion.Opset,
            Inputs = [declared],
            Outputs = [Output(result, declared)],
            Nodes = [.. conversion.Nodes],
            Initializers = conversion.Initializers,
        });
    }

    private static ConvertedValue Find(Dictionary<string, ConvertedValue[]> values, NodeReference reference, TensorFlowNode user)
    {
        ConvertedValue[] outputs = values[reference.Name];
        return reference.Port < outputs.Length
            ? outputs[reference.Port]
            : throw user.Error($"the output {reference.Port} of the node '{reference.Name}' is used, which is not supported");
    }

    /// <summary>The input [N, C, H, W], and its value for one image of the given size.</summary>
    private static (ValueInfo Declared, ConvertedValue Value) Image(TensorFlowNode input, int size)
    {
        // Older versions write an unknown shape as one without axes.
        TensorShapeProto? shape = input.Shape("shape");
        int[] extents = shape is null or { UnknownRank: true } or { Dim.Count: 0 }
            ? [-1, -1, -1, 3]
            : [.. shape.Dim.Select(d => d.Size is > 0 and <= int.MaxValue ? (int)d.Size : -1)];
        if (extents.Length != 4)
        {
            throw input.Error($"its shape [{string.Join(',', extents)}] is not that of images, [N, H, W, C]");
        }

        bool isChannelsFirst = extents[1] == 3 && extents[3] is not (1 or 3);
        (int height, int width, int channels) = isChannelsFirst ? (extents[2], extents[3], 3) : (extents[1], extents[2], extents[3]);
        channels = channels > 0 ? channels : 3;
        var one = new Shape(1, channels, height > 0 ? height : size, width > 0 ? width : size);
        var value = new ConvertedValue(input.Name, new Operand(new TensorType(ElementType.Float32, one), null), false);
        return (
            new ValueInfo(input.Name, ElementType.Float32, new Shape(-1, channels, height, width)),
            value with { IsChannelsFirst = !isChannelsFirst });
    }

    private static ValueInfo Output(ConvertedValue result, ValueInfo input)
    {
        if (result.IsConstant || result.Operand.Type.Element != ElementType.Float32)
        {
            throw new InvalidNetworkException($"the value '{result.Name}' is not a floating-point value that depends on the input");
        }

        int[] extents = result.Operand.Type.Shape.Dimensions.ToArray();
        for (int axis = 0; axis < extents.Length; axis++)
        {
            bool isFree = axis == 0 || (extents.Length == 4 && axis >= 2 && extents[axis] > 1 && input.Shape[axis] < 0);
            extents[axis] = isFree ? -1 : extents[axis];
        }

        return new ValueInfo(result.Name, ElementType.Float32, new Shape(extents));
    }
}
