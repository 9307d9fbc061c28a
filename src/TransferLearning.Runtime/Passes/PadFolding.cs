using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Folds zeros that a Pad adds around the image into the pads of the convolution or pooling after it. Average pooling counts them then;
/// maximum pooling ignores its own padding, which is the same only where nothing is negative.
/// </summary>
internal static class PadFolding
{
    public static Graph Run(Graph graph)
    {
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes.Where(n => n.OperatorName is "Conv" or "AveragePool" or "MaxPool"))
        {
            if (edit.Producer(node.Inputs[0], "Pad") is { } pad
                && edit.IsUsedOnce(pad.Output)
                && !edit.IsMoreThanFirstUsed(node)
                && SpatialPads(edit, pad) is { } added
                && Merge(edit, node, pad, added) is { } attributes)
            {
                edit.Replace(pad);
                edit.Replace(node, node with { Inputs = node.Inputs.SetItem(0, pad.Inputs[0]), Attributes = attributes });
            }
        }

        return edit.Apply();
    }

    private static NodeAttributes? Merge(GraphEdit edit, Node node, Node pad, long[] added)
    {
        NodeAttributes attributes = node.Attributes;
        long[] own = attributes.Integers("pads") is { } pads ? [.. pads] : new long[added.Length];
        bool ownIsZero = own.All(p => p == 0);
        if (attributes.Text("auto_pad", "NOTSET") is not ("NOTSET" or "" or "VALID") || own.Length != added.Length)
        {
            return null;
        }

        bool allowed = node.OperatorName switch
        {
            "Conv" => true,
            "AveragePool" => attributes.Integer("ceil_mode", 0) == 0 && (ownIsZero || attributes.Integer("count_include_pad", 0) != 0),
            _ => attributes.Integer("ceil_mode", 0) == 0
                && ownIsZero
                && IsNeverNegative(edit, pad.Inputs[0])
                && EachWindowMeetsTheImage(node, added),
        };
        if (!allowed)
        {
            return null;
        }

        attributes = attributes.Without("auto_pad").With("pads", own.Zip(added, (a, b) => a + b).ToImmutableArray());
        return node.OperatorName == "AveragePool" ? attributes.With("count_include_pad", 1L) : attributes;
    }

    /// <summary>The zeros added to the spatial axes, [begin..., end...], or null where the node does anything else.</summary>
    private static long[]? SpatialPads(GraphEdit edit, Node pad)
    {
        bool isZero = edit.Constant(pad.InputOrNull(2)) is { } value
            ? value.ToDoubles()[0] == 0
            : pad.InputOrNull(2) is null && pad.Attributes.Float("value", 0) == 0;
        long[]? pads = pad.Attributes.Integers("pads") is { } attribute ? [.. attribute]
            : edit.Constant(pad.InputOrNull(1)) is { Type: ElementType.Int64 } input ? input.Values<long>().ToArray()
            : null;
        if (!isZero || pads is null || pad.InputOrNull(3) is not null || pad.Attributes.Text("mode", "constant") != "constant")
        {
            return null;
        }

        int rank = pads.Length / 2;
        bool onlySpatial = rank > 2 && pads.All(p => p >= 0) && pads[0] == 0 && pads[1] == 0 && pads[rank] == 0 && pads[rank + 1] == 0;
        return onlySpatial ? [.. pads[2..rank], .. pads[(rank + 2)..]] : null;
    }

    private static bool IsNeverNegative(GraphEdit edit, string value) =>
        edit.Producer(value, "Relu", "Sigmoid", "HardSigmoid", "Clip") is { } producer
        && (producer.OperatorName != "Clip"
            || producer.Attributes.Float("min", -1) >= 0
            || edit.Constant(producer.InputOrNull(1))?.ToDoubles()[0] >= 0);

    private static bool EachWindowMeetsTheImage(Node node, long[] added)
    {
        long[] kernel = [.. node.Attributes.Integers("kernel_shape") ?? []];
        return node.Attributes.Integers("dilations") is null && kernel.Length * 2 == added.Length
            && added.Select((pad, i) => pad < kernel[i % kernel.Length]).All(fits => fits);
    }
}
