using TransferLearning.Cli.History;

namespace TransferLearning.Cli.Reports.Runs;

/// <summary>What <c>runs --json</c> writes.</summary>
/// <param name="Path">The file of the history.</param>
/// <param name="Runs">The runs, the oldest first.</param>
/// <param name="Unreadable">The number of lines of the file that cannot be read.</param>
internal sealed record RunsReport(string Path, IReadOnlyList<RunRecord> Runs, int Unreadable);
