using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Folds zeros that a Pad adds around the image into the pads of the convolution or pooling after it. Average pooling then counts its
/// padding. Maximum pooling ignores its padding, so its pads can take the zeros only where nothing in the image is negative.
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
        if (!(SpatialWindow.HasExplicitPads(node) || SpatialWindow.IsUnpadded(node)) || own.Length != added.Length)
        {
            return null;
        }

        bool allowed = node.OperatorName switch
        {
            "Conv" => true,
            "AveragePool" => !SpatialWindow.RoundsUp(node) && (ownIsZero || AveragePoolOperator.CountsPadding(node)),
            "MaxPool" => !SpatialWindow.RoundsUp(node)
                && ownIsZero
                && IsNeverNegative(edit, pad.Inputs[0])
                && EachWindowMeetsTheImage(node, added),
            _ => throw new ArgumentException($"{node.OperatorName} has no pads to fold zeros into", nameof(node)),
        };
        if (!allowed)
        {
            return null;
        }

        attributes = attributes.Without("auto_pad").With("pads", own.Zip(added, (a, b) => a + b).ToImmutableArray());
        return node.OperatorName == "AveragePool" ? attributes.With("count_include_pad", 1L) : attributes;
    }

    /// <summary>The numbers of zeros added to the spatial axes, [begin..., end...]; null where the node does anything else.</summary>
    private static long[]? SpatialPads(GraphEdit edit, Node pad)
    {
        long[]? pads = PadOperator.KnownAmounts(pad, edit.Constant);
        if (!PadOperator.AddsZeros(pad, edit.Constant) || pads is null || pad.InputOrNull(3) is not null)
        {
            return null;
        }

        int rank = pads.Length / 2;
        bool onlySpatial = rank > 2 && pads.All(p => p >= 0) && pads[0] == 0 && pads[1] == 0 && pads[rank] == 0 && pads[rank + 1] == 0;
        return onlySpatial ? [.. pads[2..rank], .. pads[(rank + 2)..]] : null;
    }

    private static bool IsNeverNegative(GraphEdit edit, string value) =>
        edit.Producer(value, "Relu", "Sigmoid", "HardSigmoid", "Clip") is { } producer
        && (producer.OperatorName != "Clip" || ClipOperator.MinOf(producer, i => edit.Constant(producer.InputOrNull(i))) >= 0);

    private static bool EachWindowMeetsTheImage(Node node, long[] added)
    {
        long[] kernel = [.. node.Attributes.Integers("kernel_shape") ?? []];
        return node.Attributes.Integers("dilations") is null && kernel.Length * 2 == added.Length
            && added.Select((pad, i) => pad < kernel[i % kernel.Length]).All(fits => fits);
    }
}
