namespace TransferLearning.Cli.Reports.Predict;

/// <summary>A label and its probability, 0..1.</summary>
internal sealed record LabelReport(string Label, double Probability);
