namespace TransferLearning.Reports;

/// <summary>The progress of writing a report. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Done">Sections written.</param>
/// <param name="Total">All sections.</param>
/// <param name="Section">The title of the section being written; empty at the end.</param>
public readonly record struct ReportProgress(int Done, int Total, string Section);
