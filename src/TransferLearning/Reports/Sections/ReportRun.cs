namespace TransferLearning.Reports.Sections;

/// <summary>What sections need while they are written. Immutable.</summary>
/// <param name="Threads">The number of threads, at least 1.</param>
/// <param name="Time">The clock that measures prediction times.</param>
/// <param name="CancellationToken">Cancels the work.</param>
internal sealed record ReportRun(int Threads, TimeProvider Time, CancellationToken CancellationToken);
