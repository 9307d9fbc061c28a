namespace TransferLearning.Benchmarks.Serving;

/// <summary>What a run of requests has shown.</summary>
/// <param name="Seconds">The length of the run.</param>
/// <param name="Latencies">Of the answered requests, in milliseconds, sorted.</param>
/// <param name="Failed">Requests with another answer than 200, or none.</param>
internal sealed record LoadResult(double Seconds, double[] Latencies, int Failed)
{
    public double RequestsPerSecond => Latencies.Length / Seconds;

    public double P50 => Percentile(0.5);

    public double P99 => Percentile(0.99);

    private double Percentile(double share) =>
        Latencies.Length == 0 ? double.NaN : Latencies[Math.Min((int)(share * Latencies.Length), Latencies.Length - 1)];
}
