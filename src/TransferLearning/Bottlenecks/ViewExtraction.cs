namespace TransferLearning.Bottlenecks;

/// <summary>The bottlenecks of further views of a data set's images. Immutable.</summary>
/// <param name="Rows">The positions of the images that could be read and decoded, ascending.</param>
/// <param name="Views">For each view, one row for each of <paramref name="Rows"/>.</param>
/// <param name="Summary">How they were obtained. Hits and misses count views.</param>
internal sealed record ViewExtraction(int[] Rows, IReadOnlyList<BottleneckMatrix> Views, ExtractionSummary Summary);
