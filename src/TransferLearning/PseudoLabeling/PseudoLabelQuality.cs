namespace TransferLearning.PseudoLabeling;

/// <summary>The quality of pseudo-labels, measured on those images that have labels as well.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record PseudoLabelQuality
{
    /// <summary>The number of images with a label to compare with, whether used in training or not.</summary>
    public required int Images { get; init; }

    /// <summary>The share of those images whose pseudo-label is right, 0..1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The share of those images that were used in training, 0..1.</summary>
    public required double Coverage { get; init; }

    /// <summary>The share of those used in training whose pseudo-label is right, 0..1; 0 if none was used.</summary>
    public required double AccuracyOfUsed { get; init; }

    /// <summary>The number of images that <see cref="AccuracyOfUsed"/> was measured on.</summary>
    internal int UsedImages => (int)Math.Round(Coverage * Images);

    /// <summary>Null if no image has a label.</summary>
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
