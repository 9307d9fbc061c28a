using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Evaluation;

/// <summary>
/// Counts the elements of the constants that are computed while a graph is read: nodes such as Expand let a short file ask for any amount.
/// Used by one thread.
/// </summary>
/// <param name="graph">The graph; its stored weights allow more.</param>
internal sealed class ComputedConstants(Graph graph)
{
    // Masks and positions of transformers have some million elements.
    private const long MinAllowed = 1L << 23;

    // Weights in smaller types are computed from those stored, some of them several times.
    private const long AllowedPerStored = 8;

    private readonly long _allowed = MinAllowed + (AllowedPerStored * graph.Initializers.Values.Sum(static t => (long)t.Length));
    private long _count;

    /// <summary>Counts what a node is about to compute.</summary>
    /// <exception cref="InvalidNetworkException">It would be too much.</exception>
    public void Add(OperatorCall call, ImmutableArray<TensorType> outputs)
    {
        _count += outputs.Sum(static o => (long)o.Shape.Length);
        if (_count > _allowed)
        {
            throw call.Error($"the constants computed up to here have {_count} elements, more than the {_allowed} that the file's weights "
                + "account for; the file is damaged, or its export left constants to compute: simplify it");
        }
    }
}
