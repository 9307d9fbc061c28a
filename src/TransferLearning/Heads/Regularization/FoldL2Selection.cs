using TransferLearning.Heads.Objective;

namespace TransferLearning.Heads.Regularization;

/// <summary>
/// Chooses the strength of the L2 penalty for each fold of a cross-validation, from the other folds alone. The folds are grouped into
/// blocks. For each of several pairs of blocks, heads are trained without the images of either, and the loss over one block counts in the
/// choice for the other: one training serves two blocks, and no image takes part in the choice for its own fold.
/// </summary>
internal static class FoldL2Selection
{
    /// <summary>With fewer blocks, too few rows to learn from would remain once two blocks are held out.</summary>
    public const int Blocks = 5;

    private const int MaxRows = 4000;

    // With fewer rows to validate on for each block, twice as many pairs are trained.
    private const int MinValidationRows = 500;

    /// <summary>The choice for each fold; the same for any number of threads.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="images">The number of first rows that are images; those after them are views, which are only learned from.</param>
    /// <param name="foldOf">[n]: the fold of each row, from 0.</param>
    /// <param name="folds">At least <see cref="Blocks"/>.</param>
    /// <param name="options">How heads are trained.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    /// <exception cref="TransferLearningException">A bottleneck cannot be used.</exception>
    public static FoldL2[] Choose(
        LabeledBottlenecks data,
        int images,
        int[] foldOf,
        int folds,
        SoftmaxRetrainerOptions options,
        int threads,
        CancellationToken cancellationToken)
    {
        ILookup<int, int> rowsOf = Sample(data, foldOf).ToLookup(i => foldOf[i] * Blocks / folds);
        var pairs = new FoldL2Pair[2 * rowsOf.Sum(b => b.Count(r => r < images)) / Blocks >= MinValidationRows ? Blocks : 2 * Blocks];
        Run(p =>
        {
            // Each block with the next one; where there are twice as many pairs, also with the one after that.
            int first = p % Blocks, second = (first + 1 + (p / Blocks)) % Blocks;
            pairs[p] = new FoldL2Pair(data, images, rowsOf, first, second, options, cancellationToken);
        });

        L2Search[] searches = [.. Enumerable.Range(0, Blocks).Select(_ => new L2Search())];
        foreach (double strength in L2Path.Strengths)
        {
            Run(p =>
            {
                if (!searches[pairs[p].First].IsOver || !searches[pairs[p].Second].IsOver)
                {
                    pairs[p].Train(strength);
                }
            });
            for (int block = 0; block < Blocks; block++)
            {
                HeadLoss loss = pairs.Where(p => p.Has(block)).Aggregate(default(HeadLoss), (sum, p) => sum.Add(p.LossFor(block)));
                if (!searches[block].IsOver && loss.Weight > 0)
                {
                    searches[block].Add(strength, loss.Mean);
                }
            }
        }

        return [.. Enumerable.Range(0, folds).Select(fold => Result(fold * Blocks / folds))];

        void Run(Action<int> body) => FoldThreads.Run(pairs.Length, threads, body, cancellationToken);

        FoldL2 Result(int block) => new(searches[block].Best, pairs.First(p => p.Has(block)).HeadAt(searches[block].Best));
    }

    /// <summary>
    /// About <see cref="MaxRows"/> rows, with the same share of each class in each fold, whatever the order of the rows: every so many rows
    /// of all could be of one fold, where folds alternate.
    /// </summary>
    private static List<int> Sample(LabeledBottlenecks data, int[] foldOf)
    {
        int step = (data.Count + MaxRows - 1) / MaxRows;
        var rows = new List<int>();
        var seen = new Dictionary<(int Fold, int Label), int>();
        for (int i = 0; i < data.Count; i++)
        {
            int before = seen.GetValueOrDefault((foldOf[i], data.Labels[i]));
            seen[(foldOf[i], data.Labels[i])] = before + 1;
            if (before % step == 0)
            {
                rows.Add(i);
            }
        }

        return rows;
    }
}
