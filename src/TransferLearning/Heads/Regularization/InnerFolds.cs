using TransferLearning.Data.Splits;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Heads.Regularization;

/// <summary>
/// Folds of the training rows, by which training chooses its settings without any other row. A held-out row counts only if the other folds
/// have rows of its class, and it is no view of an image. With many rows, an even sample of them is divided, and only some of the folds are
/// held out. Immutable.
/// </summary>
internal sealed class InnerFolds
{
    /// <summary>The number of folds, where there are enough rows and groups.</summary>
    public const int Folds = 5;

    private const int MaxRows = 4000;
    private const int MinHeldOut = 600;

    private readonly RetrainingContext _context;
    private readonly int[] _counted;

    private InnerFolds(int[][] training, int[][] heldOut, int[] counted, bool isSample, RetrainingContext context)
    {
        (Training, HeldOut) = (training, heldOut);
        (_counted, IsSample, _context) = (counted, isSample, context);
    }

    /// <summary>The number of folds that are held out, at least 1.</summary>
    public int Count => HeldOut.Length;

    /// <summary>True where only a sample of the rows is divided.</summary>
    public bool IsSample { get; }

    /// <summary>For each fold, the rows to learn from: those of the other folds.</summary>
    public int[][] Training { get; }

    /// <summary>For each fold, the rows that it holds out, at least one; none of them is a view.</summary>
    public int[][] HeldOut { get; }

    /// <summary>Divides the rows; the same for any number of threads.</summary>
    /// <param name="labels">[n]: the classes.</param>
    /// <param name="weights">[n]: rows of weight 0 are left out.</param>
    /// <param name="context">Seed, groups and views.</param>
    /// <returns>Null if there are too few rows or groups: fewer than five rows, one group, or a fold without which there are not two
    /// classes.
    /// </returns>
    public static InnerFolds? Divide(int[] labels, float[] weights, RetrainingContext context)
    {
        int[] counted = [.. Enumerable.Range(0, labels.Length).Where(i => weights[i] > 0)];
        int[] rows = Sample(counted, labels, context);
        int[] foldOf = Assign(rows, labels, Folds, context);
        int folds = foldOf.Max() + 1;
        if (rows.Length < Folds || folds < 2)
        {
            return null;
        }

        int count = HeldOutCount(rows.Count(context.IsImage), folds);
        int[][] training = new int[count][], heldOut = new int[count][];
        for (int f = 0; f < count; f++)
        {
            training[f] = [.. rows.Where((_, i) => foldOf[i] != f)];
            HashSet<int> known = [.. training[f].Select(r => labels[r])];
            heldOut[f] = [.. rows.Where((row, i) => foldOf[i] == f && context.IsImage(row) && known.Contains(labels[row]))];
            if (heldOut[f].Length == 0 || known.Count < 2)
            {
                return null;
            }
        }

        return new InnerFolds(training, heldOut, counted, rows.Length < counted.Length, context);
    }

    /// <summary>
    /// All rows that count but those that a fold holds out: as <see cref="Training"/>, but the whole where that is a sample. What depends
    /// on the number of rows, as the temperature of a head and its number of epochs do, needs heads trained on about as many rows.
    /// </summary>
    public int[] AllTraining(int fold)
    {
        if (!IsSample)
        {
            return Training[fold];
        }

        ReadOnlyMemory<int> groups = _context.Groups;
        HashSet<int> left = [.. HeldOut[fold].Select(Group)];
        return [.. _counted.Where(r => !left.Contains(Group(r)))];

        int Group(int row) => groups.IsEmpty ? row : groups.Span[row];
    }

    /// <summary>The number of folds to hold out: with many rows, some of the folds are enough.</summary>
    /// <param name="rows">The number of rows that are divided.</param>
    /// <param name="folds">The number of folds that they are divided into.</param>
    public static int HeldOutCount(int rows, int folds) => Math.Clamp(((folds * MinHeldOut) + rows - 1) / rows, 1, folds);

    /// <summary>The number of threads for each fold where all folds are worked on at once.</summary>
    public int ThreadsEach(int threads) => Math.Max(1, threads / Count);

    /// <summary>The predictions of each fold's parameters for the rows that it holds out.</summary>
    /// <param name="features">[n, features], scaled.</param>
    /// <param name="parameters">Of each fold.</param>
    public HeldOutPredictions Predict(PaddedMatrix features, IReadOnlyList<HeadParameters> parameters) => new(
        [.. HeldOut.SelectMany(r => r)],
        [.. HeldOut.SelectMany((rows, f) => RowLogits.Of(parameters[f], features, rows))]);

    /// <summary>All rows that count, or an even sample of them: the best penalty depends little on the number of images.</summary>
    private static int[] Sample(int[] rows, int[] labels, RetrainingContext context)
    {
        if (rows.Length <= MaxRows)
        {
            return rows;
        }

        int[] part = Assign(rows, labels, (rows.Length + MaxRows - 1) / MaxRows, context);
        return [.. rows.Where((_, i) => part[i] <= 0)];
    }

    private static int[] Assign(int[] rows, int[] labels, int folds, RetrainingContext context)
    {
        int[] ofRows = [.. rows.Select(r => labels[r])];
        if (context.Groups.IsEmpty)
        {
            return StratifiedFolds.Assign(ofRows, folds, context.Seed);
        }

        int[] groups = new int[rows.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = context.Groups.Span[rows[i]];
        }

        return GroupedFolds.Assign(ofRows, groups, folds, context.Seed);
    }
}
