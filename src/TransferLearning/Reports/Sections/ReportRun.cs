namespace TransferLearning.Reports.Sections;

/// <summary>What the sections need to be written. Immutable.</summary>
/// <param name="Threads">At least 1.</param>
/// <param name="Time">The clock that predictions are timed with.</param>
/// <param name="CancellationToken">Stops the work.</param>
internal sealed record ReportRun(int Threads, TimeProvider Time, CancellationToken CancellationToken);
