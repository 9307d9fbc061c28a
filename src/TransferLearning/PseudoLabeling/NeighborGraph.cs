using TransferLearning.Bottlenecks;
using TransferLearning.Heads.Objective;

namespace TransferLearning.PseudoLabeling;

/// <summary>
/// Joins each bottleneck with the most similar ones. The weights are cosine similarities to a power that makes near neighbors count more,
/// symmetric, and normalized so that well-connected rows do not dominate the others. Immutable.
/// </summary>
internal sealed class NeighborGraph
{
    private const int Neighbors = 10;
    private const int Power = 3;
    private const int BlockRows = 64;

    private readonly (int Row, float Weight)[][] _edges;

    private NeighborGraph((int Row, float Weight)[][] edges) => _edges = edges;

    /// <summary>The number of rows.</summary>
    public int Count => _edges.Length;

    /// <summary>The neighbors of a row, ascending, with their weights.</summary>
    public ReadOnlySpan<(int Row, float Weight)> Of(int row) => _edges[row];

    /// <summary>Compares every row with every other; the same for any number of threads.</summary>
    /// <param name="bottlenecks">[n, features].</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static NeighborGraph Build(BottleneckMatrix bottlenecks, int threads, CancellationToken cancellationToken = default)
    {
        PaddedMatrix directions = Directions(bottlenecks);
        var nearest = new (int Row, float Weight)[bottlenecks.Count][];
        int blocks = (bottlenecks.Count + BlockRows - 1) / BlockRows;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, blocks, options, block =>
        {
            int start = block * BlockRows, count = Math.Min(BlockRows, bottlenecks.Count - start);
            nint[] rows = [.. Enumerable.Range(start, count).Select(r => (nint)r * directions.Stride)];
            float[] similarities = new float[count * bottlenecks.Count];
            HeadKernels.Logits(directions, rows, directions, new float[bottlenecks.Count], similarities, bottlenecks.Count);
            for (int i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                nearest[start + i] = Nearest(similarities.AsSpan(i * bottlenecks.Count, bottlenecks.Count), start + i);
            }
        });
        return new NeighborGraph(Normalize(Symmetric(nearest)));
    }

    /// <summary>The rows scaled to length 1; a row of zeros stays zero.</summary>
    private static PaddedMatrix Directions(BottleneckMatrix bottlenecks)
    {
        var directions = new PaddedMatrix(bottlenecks.Count, bottlenecks.FeatureSize);
        for (int i = 0; i < bottlenecks.Count; i++)
        {
            ReadOnlySpan<float> row = bottlenecks.Row(i);
            double squares = 0;
            foreach (float value in row)
            {
                squares += (double)value * value;
            }

            double scale = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
            Span<float> direction = directions.Row(i);
            for (int f = 0; f < row.Length; f++)
            {
                direction[f] = (float)(row[f] * scale);
            }
        }

        return directions;
    }

    /// <summary>The most similar rows, except the row itself; of equally similar ones, the first.</summary>
    private static (int Row, float Weight)[] Nearest(ReadOnlySpan<float> similarities, int self)
    {
        var queue = new PriorityQueue<int, (float Similarity, int NegatedRow)>(Neighbors + 1);
        for (int row = 0; row < similarities.Length; row++)
        {
            if (row != self && similarities[row] > 0 && (queue.Count < Neighbors || similarities[row] > similarities[queue.Peek()]))
            {
                queue.Enqueue(row, (similarities[row], -row));
                if (queue.Count > Neighbors)
                {
                    queue.Dequeue();
                }
            }
        }

        var nearest = new List<(int Row, float Weight)>(queue.Count);
        while (queue.TryDequeue(out int row, out (float Similarity, int) priority))
        {
            nearest.Add((row, MathF.Pow(priority.Similarity, Power)));
        }

        return [.. nearest.OrderBy(n => n.Row)];
    }

    /// <summary>Adds the reverse of each edge.</summary>
    private static (int Row, float Weight)[][] Symmetric((int Row, float Weight)[][] nearest)
    {
        SortedDictionary<int, float>[] edges =
            [.. nearest.Select(n => new SortedDictionary<int, float>(n.ToDictionary(e => e.Row, e => e.Weight)))];
        for (int i = 0; i < nearest.Length; i++)
        {
            foreach ((int row, float weight) in nearest[i])
            {
                edges[row][i] = Math.Max(weight, edges[row].GetValueOrDefault(i));
            }
        }

        return [.. edges.Select(e => e.Select(p => (p.Key, p.Value)).ToArray())];
    }

    private static (int Row, float Weight)[][] Normalize((int Row, float Weight)[][] edges)
    {
        double[] degrees = [.. edges.Select(e => e.Sum(n => (double)n.Weight))];
        return [.. edges.Select((row, i) => Array.ConvertAll(
            row, n => (n.Row, (float)(n.Weight / Math.Sqrt(degrees[i] * degrees[n.Row])))))];
    }
}
