namespace TransferLearning.Cli.Reports.Data;

/// <summary>A class of a data set, with its number of images in all parts.</summary>
internal sealed record DataClassReport(string Name, int Images);
