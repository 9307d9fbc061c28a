using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Replaces a channel shuffle, written as Reshape from [N, C, H, W] to [N, groups, C / groups, ...], Transpose of the two axes and Reshape
/// back, by a Gather of the channels. Needs known input shapes. ShuffleNet (Zhang et al. 2018).
/// </summary>
internal static class ChannelShuffleRecognition
{
    public static Graph Run(Graph graph)
    {
        IReadOnlyDictionary<string, Operand> operands = ShapeInference.InferKnown(graph);
        var edit = new GraphEdit(graph);
        foreach (Node join in graph.Nodes.Where(static n => n.OperatorName == "Reshape"))
        {
            if (edit.Producer(join.Inputs[0], "Transpose") is { } transpose
                && edit.IsUsedOnce(transpose.Output)
                && edit.Producer(transpose.Inputs[0], "Reshape") is { } split
                && edit.IsUsedOnce(split.Output)
                && ShapeOf(split.Inputs[0]) is { } input
                && ShapeOf(split.Output) is { } parted
                && ShapeOf(join.Output) is { } output
                && input.Equals(output)
                && GroupsOf(input, parted, transpose) is { } groups)
            {
                string channels = edit.AddConstant(join.Output, "channels", Tensor.Vector(Shuffled(input[1], groups)));
                edit.Replace(split);
                edit.Replace(transpose);
                edit.Replace(join, join with
                {
                    OperatorName = "Gather",
                    Inputs = [split.Inputs[0], channels],
                    Attributes = NodeAttributes.None.With("axis", 1L),
                });
            }
        }

        return edit.Apply();

        Shape? ShapeOf(string value) => operands.GetValueOrDefault(value)?.Type.Shape;
    }

    /// <summary>The number of groups of a shuffle of a map's channels; null where the nodes are none.</summary>
    private static int? GroupsOf(Shape map, Shape parted, Node transpose)
    {
        int[]? order = transpose.Attributes.Extents("perm");
        bool parts = map.Rank == 4 && parted.Rank >= 4 && parted[0] == map[0] && parted[1] * parted[2] == map[1];
        int[] swapped = [0, 2, 1, .. Enumerable.Range(3, Math.Max(0, parted.Rank - 3))];
        return parts && order is not null && order.SequenceEqual(swapped) ? parted[1] : null;
    }

    /// <summary>The channel that each channel of the shuffled map is taken from.</summary>
    private static long[] Shuffled(int channels, int groups)
    {
        int groupChannels = channels / groups;
        return [.. Enumerable.Range(0, channels).Select(i => ((long)(i % groups) * groupChannels) + (i / groups))];
    }
}
