namespace TransferLearning.Cli.Reports;

/// <summary>The prediction for one image; <see cref="Top"/> holds the likeliest labels, likeliest first.</summary>
internal sealed record PredictionReport(string Path, string Label, double Probability, IReadOnlyList<LabelReport> Top);
