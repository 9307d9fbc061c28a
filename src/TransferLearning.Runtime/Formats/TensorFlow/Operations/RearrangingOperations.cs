using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Operators that join, cut out, pad or reorder elements.</summary>
internal static class RearrangingOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("Concat", call => Concatenate(call, [.. call.Inputs.Skip(1)], 0)),
        new("ConcatV2", call => Concatenate(call, [.. call.Inputs.SkipLast(1)], call.Inputs.Count - 1)),
        new("Gather", Gather),
        new("GatherV2", Gather),
        new("MirrorPad", MirrorPad),
        new("Pad", call => Pad(call, "constant")),
        new("PadV2", call => Pad(call, "constant")),
        new("Slice", Slice),
        new("Split", Split),
        new("StridedSlice", StridedSlice),
        new("Transpose", Transpose),
    ];

    private static ConvertedValue Concatenate(OperationCall call, ConvertedValue[] parts, int axisInput)
    {
        if (parts.Length == 0 || call.Integers(axisInput) is not [var given])
        {
            throw call.Error("it needs values to join and one axis");
        }

        int axis = call.Axis(given, parts[0].Shape.Rank);
        (ConvertedValue[] values, bool areChannelsFirst) = call.Graph.Align(parts);
        return call.Emit("Concat", values, ("axis", (long)values[0].KeptAxis(axis))) with { IsChannelsFirst = areChannelsFirst };
    }

    private static ConvertedValue Gather(OperationCall call)
    {
        ConvertedValue values = call.Graph.AsDeclared(call.Input(0));
        long axis = call.Inputs.Count > 2 && call.Integers(2) is [var given] ? given : 0;
        return call.Emit("Gather", [values, call.Input(1)], ("axis", (long)call.Axis(axis, values.Shape.Rank)));
    }

    private static ConvertedValue MirrorPad(OperationCall call) => call.Node.Text("mode", "") switch
    {
        "REFLECT" => Pad(call, "reflect"),
        var mode => throw call.Error($"its mode '{mode}' is not supported; supported is REFLECT"),
    };

    /// <summary>The amounts [rank, 2], before and after each axis, become those before all axes and then those after.</summary>
    private static ConvertedValue Pad(OperationCall call, string mode)
    {
        ConvertedValue input = call.Input(0);
        int rank = input.Shape.Rank;
        long[] amounts = call.Integers(1);
        if (amounts.Length != 2 * rank)
        {
            throw call.Error($"its {amounts.Length} paddings do not fit its input {input.Shape}");
        }

        long[] pads = new long[2 * rank];
        for (int axis = 0; axis < rank; axis++)
        {
            pads[input.KeptAxis(axis)] = amounts[2 * axis];
            pads[input.KeptAxis(axis) + rank] = amounts[(2 * axis) + 1];
        }

        ConvertedValue[] inputs = [input, call.OwnIntegers("pads", pads), .. call.Inputs.Skip(2).Take(1)];
        return call.Emit("Pad", inputs, ("mode", mode)) with { IsChannelsFirst = input.IsChannelsFirst };
    }

    private static ConvertedValue Slice(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        (long[] begin, long[] size) = (call.Integers(1), call.Integers(2));
        if (begin.Length != input.Shape.Rank || size.Length != begin.Length)
        {
            throw call.Error($"its begin and size do not fit its input {input.Shape}");
        }

        long[] end = [.. begin.Zip(size, (b, s) => s < 0 ? long.MaxValue : b + s)];
        long[] axes = [.. begin.Select((_, axis) => (long)input.KeptAxis(axis))];
        ConvertedValue[] inputs = [input, call.OwnIntegers("starts", begin), call.OwnIntegers("ends", end), call.OwnIntegers("axes", axes)];
        return call.Emit("Slice", inputs) with { IsChannelsFirst = input.IsChannelsFirst };
    }

    private static ConvertedValue[] Split(OperationCall call)
    {
        ConvertedValue input = call.Input(1);
        long parts = call.Node.Integer("num_split", 0);
        if (call.Integers(0) is not [var given] || parts is < 1 or > 1024)
        {
            throw call.Error($"it needs one axis and a number of parts from 1 to 1024, not {parts}");
        }

        int axis = call.Axis(given, input.Shape.Rank);
        if (input.Shape[axis] % parts != 0)
        {
            throw call.Error($"its input {input.Shape} cannot be split into {parts} equal parts along the axis {axis}");
        }

        string[] names = [.. Enumerable.Range(0, (int)parts).Select(i => new NodeReference(call.Node.Name, i, false).ToString())];
        return
        [
            .. call.Graph.Emit("Split", names, [input], ("axis", (long)input.KeptAxis(axis)))
                .Select(part => part with { IsChannelsFirst = input.IsChannelsFirst }),
        ];
    }

    private static ConvertedValue StridedSlice(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        var range = StridedRange.Of(call, input.Shape.Rank);
        if (range.DroppedAxes.Length > 0)
        {
            input = call.Graph.AsDeclared(input);
        }

        ConvertedValue[] inputs =
        [
            input,
            call.OwnIntegers("starts", range.Starts),
            call.OwnIntegers("ends", range.Ends),
            call.OwnIntegers("axes", [.. range.Axes.Select(a => (long)input.KeptAxis(a))]),
            call.OwnIntegers("steps", range.Steps),
        ];
        return range.DroppedAxes.Length == 0
            ? call.Emit("Slice", inputs) with { IsChannelsFirst = input.IsChannelsFirst }
            : call.Emit("Squeeze", [call.EmitPart("slice", "Slice", inputs), call.OwnIntegers("dropped", range.DroppedAxes)]);
    }

    /// <summary>A transposition between NHWC and NCHW moves nothing: our graph has NCHW for both.</summary>
    private static ConvertedValue Transpose(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        long[] order = call.Integers(1);
        bool isMap = input.Shape.Rank == 4 && !input.IsConstant;
        if (isMap && order is [0, 3, 1, 2] && input.IsChannelsFirst)
        {
            return call.Emit("Identity", [input]);
        }

        if (isMap && order is [0, 2, 3, 1] && !input.IsChannelsFirst)
        {
            return call.Emit("Identity", [input]) with { IsChannelsFirst = true };
        }

        return call.Emit("Transpose", [call.Graph.AsDeclared(input)], ("perm", order.ToImmutableArray()));
    }
}
