namespace TransferLearning.Cli.Reports.Predict;

/// <summary>The prediction for one image.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">The most probable label; <see cref="UnsureLabel"/> where its probability is below that of --min-probability.</param>
/// <param name="Probability">The probability of the most probable label, 0..1.</param>
/// <param name="Unknown">Whether the image seems to be of none of the classes; null where the model does not detect such images.</param>
/// <param name="UnknownScore">Above 0 where <paramref name="Unknown"/> is true; null where the model does not detect such images.</param>
/// <param name="Top">The most probable labels, in descending order.</param>
internal sealed record PredictionReport(
    string Path, string Label, double Probability, bool? Unknown, double? UnknownScore, IReadOnlyList<LabelReport> Top)
{
    /// <summary>What takes the place of a label that is not probable enough.</summary>
    public const string UnsureLabel = "unsure";

    /// <summary>Whether no label is probable enough; null where no probability is demanded.</summary>
    public bool? Unsure { get; init; }
}
