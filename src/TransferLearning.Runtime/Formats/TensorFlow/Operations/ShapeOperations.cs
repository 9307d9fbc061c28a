using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Operators that read or change shapes.</summary>
internal static class ShapeOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("ExpandDims", ExpandDims),
        new("Fill", Fill),
        new("Pack", Pack),
        new("Reshape", Reshape),
        new("Shape", ShapeOf),
    ];

    private static ConvertedValue ShapeOf(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        return input.IsChannelsFirst
            ? call.Emit("Gather", [call.EmitPart("nchw", "Shape", [input]), call.OwnIntegers("order", 0, 2, 3, 1)], ("axis", 0L))
            : call.Emit("Shape", [input]);
    }

    private static ConvertedValue Reshape(OperationCall call)
    {
        (ConvertedValue input, ConvertedValue target) = (call.Input(0), call.Input(1));
        if (target.Operand.Value is not { Type: ElementType.Int64 } extents)
        {
            throw call.Error($"its shape '{target.Name}' depends on the values of the image");
        }

        // A single pixel has its elements in the same order either way, so it needs no transposition.
        ConvertedValue source = input.IsPixel ? input : call.Graph.AsDeclared(input);
        if (extents.Length == 4 && extents.Values<long>()[1..3] is [1, 1])
        {
            ConvertedValue order = call.OwnIntegers("order", 0, 3, 1, 2);
            ConvertedValue kept = call.EmitPart("nchw", "Gather", [target, order], ("axis", 0L));
            return call.Emit("Reshape", [source, kept]) with { IsChannelsFirst = true };
        }

        ConvertedValue result = call.Emit("Reshape", [source, target]);
        bool listsMap = input.IsChannelsFirst && result.Shape.Rank == 2 && result.Shape[0] == input.Shape[0];
        return result with { ListedMap = listsMap ? input : null };
    }

    private static ConvertedValue ExpandDims(OperationCall call)
    {
        ConvertedValue input = call.Graph.AsDeclared(call.Input(0));
        long[] axes = call.Integers(1);
        return axes.Length == 1
            ? call.Emit("Unsqueeze", [input, call.OwnIntegers("axes", call.Axis(axes[0], input.Shape.Rank + 1))])
            : throw call.Error($"it adds {axes.Length} axes, not 1");
    }

    private static ConvertedValue Pack(OperationCall call)
    {
        ConvertedValue[] inputs = [.. call.Inputs.Select(call.Graph.AsDeclared)];
        int axis = call.Axis(call.Node.Integer("axis", 0), call.Input(0).Shape.Rank + 1);
        ConvertedValue axes = call.OwnIntegers("axes", axis);
        ConvertedValue[] parts = [.. inputs.Select((input, i) => call.EmitPart($"part{i}", "Unsqueeze", [input, axes]))];
        return call.Emit("Concat", parts, ("axis", (long)axis));
    }

    private static ConvertedValue Fill(OperationCall call)
    {
        Tensor value = call.Constant(1);
        return call.Emit("ConstantOfShape", [call.Input(0)], ("value", value.Reshape(new Shape(1))));
    }
}
