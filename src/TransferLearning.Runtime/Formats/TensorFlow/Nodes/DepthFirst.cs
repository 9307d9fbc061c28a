namespace TransferLearning.Runtime.Formats.TensorFlow.Nodes;

/// <summary>Orders nodes so that each comes after those that it depends on.</summary>
internal static class DepthFirst
{
    /// <summary>
    /// The nodes that a node depends on, and last the node itself. Not recursive, as a graph can be deeper than the thread's stack allows.
    /// </summary>
    /// <param name="last">The node to begin at.</param>
    /// <param name="needs">The nodes that a node depends on directly.</param>
    /// <param name="onCycle">Called with two nodes that depend on each other.</param>
    public static IReadOnlyList<TensorFlowNode> Order(
        TensorFlowNode last,
        Func<TensorFlowNode, IEnumerable<TensorFlowNode>> needs,
        Action<TensorFlowNode, TensorFlowNode> onCycle)
    {
        List<TensorFlowNode> order = [];
        HashSet<TensorFlowNode> begun = [last], done = [];
        var path = new Stack<(TensorFlowNode Node, IEnumerator<TensorFlowNode> Needs)>();
        path.Push((last, needs(last).GetEnumerator()));
        while (path.TryPeek(out (TensorFlowNode Node, IEnumerator<TensorFlowNode> Needs) top))
        {
            if (!top.Needs.MoveNext())
            {
                top.Needs.Dispose();
                path.Pop();
                done.Add(top.Node);
                order.Add(top.Node);
            }
            else if (begun.Add(top.Needs.Current))
            {
                path.Push((top.Needs.Current, needs(top.Needs.Current).GetEnumerator()));
            }
            else if (!done.Contains(top.Needs.Current))
            {
                onCycle(top.Node, top.Needs.Current);
            }
        }

        return order;
    }
}
