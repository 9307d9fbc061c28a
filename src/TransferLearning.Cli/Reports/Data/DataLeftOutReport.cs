namespace TransferLearning.Cli.Reports.Data;

/// <summary>The files of one kind that were left out of a data set.</summary>
internal sealed record DataLeftOutReport(string Kind, int Count, string FirstPath);
