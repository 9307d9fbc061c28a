namespace TransferLearning.Cli.Reports.Data;

/// <summary>A part of a data set; the subset is null for images of no part.</summary>
internal sealed record DataPartReport(string? Subset, int Images, int Labeled);
