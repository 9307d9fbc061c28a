using TransferLearning.Data.Splits;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies.StageTuning;

/// <summary>The training images of stages: those that are learned from, and those that are held out to choose the epoch. Immutable.
/// </summary>
/// <param name="Training">The rows that are learned from, in the order of the given rows.</param>
/// <param name="HeldOut">The rows that are held out.</param>
internal sealed record HeldOutDivision(int[] Training, int[] HeldOut)
{
    /// <summary>
    /// Holds out about <see cref="NetworkTrainingOptions.HeldOutFraction"/> of each class, without dividing groups, so that as few classes
    /// as possible are held out as a whole.
    /// </summary>
    /// <param name="rows">The rows to divide.</param>
    /// <param name="labels">[all rows]: the classes.</param>
    /// <param name="groups">[all rows]: equal for rows that must stay together.</param>
    /// <param name="fraction">The share to hold out.</param>
    /// <param name="seed">Of the shuffling.</param>
    /// <returns>Null where the rows are too few to hold some of them out and learn from two classes.</returns>
    public static HeldOutDivision? TryOf(int[] rows, ReadOnlySpan<int> labels, int[] groups, double fraction, int seed)
    {
        int[] classes = new int[rows.Length], together = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            (classes[i], together[i]) = (labels[rows[i]], groups[rows[i]]);
        }

        int units = together.Distinct().Count();
        int folds = Math.Max(2, Math.Min(units, (int)Math.Round(1 / fraction)));
        int[] foldOf = units == rows.Length
            ? StratifiedFolds.Assign(classes, folds, seed)
            : GroupedFolds.Assign(classes, together, folds, seed);
        int heldOut = Enumerable.Range(0, folds).MaxBy(f => foldOf.Contains(f) ? ClassesWithout(f) : 0);
        return ClassesWithout(heldOut) >= 2 && foldOf.Contains(heldOut)
            ? new HeldOutDivision([.. rows.Where((_, i) => foldOf[i] != heldOut)], [.. rows.Where((_, i) => foldOf[i] == heldOut)])
            : null;

        int ClassesWithout(int fold) => classes.Where((_, i) => foldOf[i] != fold).Distinct().Count();
    }
}
