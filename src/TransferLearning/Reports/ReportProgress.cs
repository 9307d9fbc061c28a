namespace TransferLearning.Reports;

/// <summary>How far a report is. Immutable.</summary>
/// <param name="Done">Sections written.</param>
/// <param name="Total">All sections.</param>
/// <param name="Section">The title of the section in the making; empty at the end.</param>
public readonly record struct ReportProgress(int Done, int Total, string Section);
