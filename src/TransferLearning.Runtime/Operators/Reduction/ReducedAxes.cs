using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>The axes that a reduction reduces.</summary>
internal static class ReducedAxes
{
    /// <summary>Whether the axes that a node reduces stay, with an extent of 1.</summary>
    public static bool AreKept(Node node) => node.Attributes.Integer("keepdims", 1) != 0;

    /// <summary>The axes that a node reduces, ascending.</summary>
    public static int[] Of(OperatorCall call)
    {
        int rank = call.Shape(0).Rank;
        long[] given = call.Integers("axes", 1) ?? [];
        return given.Length > 0 ? [.. given.Select(a => call.Axis(a, rank)).Distinct().Order()]
            : call.Attributes.Integer("noop_with_empty_axes", 0) != 0 ? []
            : [.. Enumerable.Range(0, rank)];
    }
}
