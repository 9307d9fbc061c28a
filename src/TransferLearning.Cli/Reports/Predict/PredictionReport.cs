namespace TransferLearning.Cli.Reports.Predict;

/// <summary>The prediction for one image.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">The likeliest label.</param>
/// <param name="Probability">Its probability, 0..1.</param>
/// <param name="Unknown">Whether the image seems to be of none of the classes; null where the model cannot tell.</param>
/// <param name="UnknownScore">Above 0 for unknown images; null where the model cannot tell.</param>
/// <param name="Top">The likeliest labels, likeliest first.</param>
internal sealed record PredictionReport(
    string Path, string Label, double Probability, bool? Unknown, double? UnknownScore, IReadOnlyList<LabelReport> Top);
