namespace TransferLearning.Cli.Reports.Export;

/// <summary>What <c>export --json</c> writes.</summary>
/// <param name="Directory">The folder.</param>
/// <param name="Files">The files in it, relative to the folder.</param>
internal sealed record ExportReport(string Directory, IReadOnlyList<string> Files);
