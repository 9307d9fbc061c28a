namespace TransferLearning.Cli.Reports.Predict;

/// <summary>The prediction for one image.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">The most probable label.</param>
/// <param name="Probability">Its probability, 0..1.</param>
/// <param name="Unknown">Whether the image seems to be of none of the classes; null where the model does not detect such images.</param>
/// <param name="UnknownScore">Above 0 where <paramref name="Unknown"/> is true; null where the model does not detect such images.</param>
/// <param name="Top">The most probable labels, in descending order.</param>
internal sealed record PredictionReport(
    string Path, string Label, double Probability, bool? Unknown, double? UnknownScore, IReadOnlyList<LabelReport> Top);
