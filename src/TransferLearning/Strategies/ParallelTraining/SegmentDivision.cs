using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Data.Splits;
using TransferLearning.PseudoLabeling;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>A segment of the larger data set: its training and its validation part, as rows of the set's bottlenecks. Immutable.</summary>
/// <param name="Name">The value of the column, or a number from 1.</param>
/// <param name="TrainRows">Ascending.</param>
/// <param name="ValidationRows">Ascending.</param>
internal sealed record SegmentDivision(string Name, int[] TrainRows, int[] ValidationRows)
{
    /// <summary>Further views of the training rows; null for none. Default: null.</summary>
    public TrainingViews? TrainViews { get; init; }

    /// <summary>Divides the images to learn from into segments, and each segment into a training and a validation part.</summary>
    /// <param name="images">The larger data set.</param>
    /// <param name="labels">The images' pseudo-labels.</param>
    /// <param name="used">[images]: true for those to learn from.</param>
    /// <param name="options">By count or by column.</param>
    /// <param name="validationFraction">Of each segment.</param>
    /// <param name="seed">Of both divisions.</param>
    public static IReadOnlyList<SegmentDivision> Divide(
        ImageDataset images, PseudoLabels labels, bool[] used, ParallelTrainingOptions options, double validationFraction, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, images.Count).Where(i => used[i])];
        IEnumerable<IGrouping<string, int>> segments = options.SegmentBy is { } column
            ? rows.GroupBy(r => images.Images[r].Columns.GetValueOrDefault(column) ?? "(none)").OrderBy(s => s.Key, StringComparer.Ordinal)
            : ByCount(rows, labels, options.Segments, seed);
        ContentKey[] contents = images.ContentKeys(), keys = images.SplitKeys(contents);
        int[] groups = images.InseparableGroups(contents);
        return [.. segments.Select(s => Divide(s, labels, groups, keys, validationFraction, seed))];
    }

    private static IEnumerable<IGrouping<string, int>> ByCount(int[] rows, PseudoLabels labels, int count, int seed)
    {
        int[] foldOf = StratifiedFolds.Assign([.. rows.Select(r => labels.Labels[r])], count, seed);

        // An image that is the only one of its class is assigned to no fold: it goes to the first segment.
        return rows.Select((row, i) => (Row: row, Segment: Math.Max(foldOf[i], 0)))
            .GroupBy(r => r.Segment, r => r.Row).OrderBy(s => s.Key)
            .SelectMany(s => s.GroupBy(_ => $"{s.Key + 1}"));
    }

    private static SegmentDivision Divide(
        IGrouping<string, int> segment, PseudoLabels labels, int[] groups, ContentKey[] keys, double fraction, int seed)
    {
        int[] rows = [.. segment.Order()];
        bool[] isValidation = StratifiedSplit.Assign(
            [.. rows.Select(r => labels.Labels[r])],
            [.. rows.Select(r => groups[r])],
            [.. rows.Select(r => keys[r])],
            fraction,
            seed);
        return new SegmentDivision(
            segment.Key, [.. rows.Where((_, i) => !isValidation[i])], [.. rows.Where((_, i) => isValidation[i])]);
    }
}
