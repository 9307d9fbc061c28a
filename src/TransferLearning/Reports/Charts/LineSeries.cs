namespace TransferLearning.Reports.Charts;

/// <summary>A line of a chart. Immutable.</summary>
/// <param name="Style">The class in the style sheet: <c>first</c> (solid) or <c>second</c> (dashed).</param>
/// <param name="Values">One value per epoch; null where there is none.</param>
internal sealed record LineSeries(string Style, IReadOnlyList<double?> Values);
