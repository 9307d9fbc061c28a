namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>
/// The range that a StridedSlice takes of each axis, with its masks applied, whose bits mark open begins and ends, axes to drop, and an
/// ellipsis in place of the axes that are not given.
/// </summary>
internal sealed record StridedRange(int[] Axes, long[] Starts, long[] Ends, long[] Steps, long[] DroppedAxes)
{
    public static StridedRange Of(OperationCall call, int rank)
    {
        (long[] begin, long[] end, long[] stride) = (call.Integers(1), call.Integers(2), call.Integers(3));
        int entries = begin.Length;
        int ellipsis = Enumerable.Range(0, entries).FirstOrDefault(i => IsSet("ellipsis_mask", i), entries);
        int given = ellipsis < entries ? entries - 1 : entries;
        if (end.Length != entries || stride.Length != entries || given > rank || entries > 63 || call.Node.Integer("new_axis_mask", 0) != 0)
        {
            throw call.Error("its begin, end and strides do not fit each other or its input, or add axes, which is not supported");
        }

        int[] taken = [.. Enumerable.Range(0, entries).Where(i => i != ellipsis)];
        int[] axes = [.. taken.Select(i => i < ellipsis ? i : i + rank - entries)];
        bool IsSet(string mask, int i) => ((call.Node.Integer(mask, 0) >> i) & 1) != 0;
        bool IsDropped(int i) => IsSet("shrink_axis_mask", i);
        long Start(int i) => IsSet("begin_mask", i) && !IsDropped(i) ? (stride[i] > 0 ? 0 : long.MaxValue) : begin[i];
        long End(int i) => IsDropped(i) ? (begin[i] == -1 ? long.MaxValue : begin[i] + 1)
            : IsSet("end_mask", i) ? (stride[i] > 0 ? long.MaxValue : long.MinValue)
            : end[i];
        return new StridedRange(
            axes,
            [.. taken.Select(Start)],
            [.. taken.Select(End)],
            [.. taken.Select(i => IsDropped(i) ? 1 : stride[i])],
            [.. taken.Zip(axes).Where(p => IsDropped(p.First)).Select(p => (long)p.Second)]);
    }
}
