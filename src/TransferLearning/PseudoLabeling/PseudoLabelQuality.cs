namespace TransferLearning.PseudoLabeling;

/// <summary>How good pseudo-labels are, found out where the images have labels too. Immutable.</summary>
public sealed record PseudoLabelQuality
{
    /// <summary>The number of images with a label to compare with, whether learned from or not.</summary>
    public required int Images { get; init; }

    /// <summary>The share of those images whose pseudo-label is right, 0..1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The share of those images that were sure enough to be learned from, 0..1.</summary>
    public required double Coverage { get; init; }

    /// <summary>The share of right pseudo-labels among the images that were learned from, 0..1; 0 where there are none.</summary>
    public required double AccuracyOfUsed { get; init; }

    /// <summary>Null where no image has a label.</summary>
    internal static PseudoLabelQuality? Measure(IReadOnlyList<PseudoLabel> labels, IReadOnlyList<string?> actual)
    {
        int[] known = [.. Enumerable.Range(0, labels.Count).Where(i => actual[i] is not null)];
        int[] used = Array.FindAll(known, i => labels[i].Used);
        double Right(int[] rows) => rows.Length == 0 ? 0 : rows.Count(i => labels[i].Label == actual[i]) / (double)rows.Length;
        return known.Length == 0 ? null : new PseudoLabelQuality
        {
            Images = known.Length,
            Accuracy = Right(known),
            Coverage = used.Length / (double)known.Length,
            AccuracyOfUsed = Right(used),
        };
    }
}
