using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Operators that reduce axes to one element, or drop those of one element.</summary>
internal static class ReductionOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("Max", call => Reduce(call, "ReduceMax")),
        new("Mean", call => Reduce(call, "ReduceMean")),
        new("Min", call => Reduce(call, "ReduceMin")),
        new("Prod", call => Reduce(call, "ReduceProd")),
        new("Sum", call => Reduce(call, "ReduceSum")),
        new("Squeeze", Squeeze),
    ];

    private static ConvertedValue Reduce(OperationCall call, string name)
    {
        int rank = call.Input(0).Shape.Rank;
        int[] axes = [.. call.Integers(1).Select(a => call.Axis(a, rank)).Distinct()];
        if (axes.Length == 0)
        {
            return call.Emit("Identity", [call.Input(0)]) with { IsChannelsFirst = call.Input(0).IsChannelsFirst };
        }

        bool keeps = call.Node.Flag("keep_dims", call.Node.Flag("keepdims", false));
        ConvertedValue input = keeps ? call.Input(0) : Droppable(call, axes);
        ImmutableArray<long> kept = [.. axes.Select(a => (long)input.KeptAxis(a)).Order()];
        (string, object) keepsAxes = ("keepdims", keeps ? 1L : 0);
        ConvertedValue result = name == "ReduceSum"
            ? call.Emit(name, [input, call.OwnIntegers("axes", [.. kept])], keepsAxes)
            : call.Emit(name, [input], ("axes", kept), keepsAxes);
        return result with { IsChannelsFirst = keeps && input.IsChannelsFirst };
    }

    private static ConvertedValue Squeeze(OperationCall call)
    {
        Shape shape = call.Input(0).Shape;
        ImmutableArray<long> given = call.Node.Integers("squeeze_dims") ?? call.Node.Integers("axis") ?? [];

        // Not the first axis, which is 1 only because the conversion infers types for a batch of 1.
        int first = call.Input(0).IsConstant ? 0 : 1;
        int[] axes = given.Length > 0
            ? [.. given.Select(a => call.Axis(a, shape.Rank)).Distinct()]
            : [.. Enumerable.Range(first, Math.Max(0, shape.Rank - first)).Where(a => shape[a] == 1)];
        if (axes.FirstOrDefault(a => shape[a] != 1, -1) is >= 0 and var wide)
        {
            throw call.Error($"it drops the axis {wide} of its input {shape}, which is not 1");
        }

        ConvertedValue input = Droppable(call, axes);
        return call.Emit("Squeeze", [input, call.OwnIntegers("axes", [.. axes.Select(a => (long)input.KeptAxis(a)).Order()])]);
    }

    /// <summary>The input in an order of axes such that, once the given axes are dropped, the others are in TensorFlow's order.</summary>
    private static ConvertedValue Droppable(OperationCall call, int[] axes)
    {
        ConvertedValue input = call.Input(0);
        int[] left = [.. Enumerable.Range(0, input.Shape.Rank).Except(axes).Select(input.KeptAxis)];
        return left.SequenceEqual(left.Order()) ? input : call.Graph.AsDeclared(input);
    }
}
