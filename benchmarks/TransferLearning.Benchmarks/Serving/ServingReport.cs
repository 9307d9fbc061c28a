using System.Runtime.InteropServices;
using System.Text;

namespace TransferLearning.Benchmarks.Serving;

/// <summary>Collects what was measured, and writes reports/serving.md.</summary>
internal sealed class ServingReport(ServingArguments arguments)
{
    public const string Ours = "`samples/AspNetCore`";
    public const string Unbatched = "`samples/AspNetCore`, without batching";
    public const string Peer = "by hand: SkiaSharp, ONNX Runtime";

    private readonly List<(string Service, LoadResult Result)> _runs = [];

    /// <summary>Photos that get the same label of both services, and all.</summary>
    public (int Same, int All) SameLabels { get; set; }

    /// <summary>In MiB.</summary>
    public (double First, double Last) Memory { get; set; }

    /// <summary>In MiB.</summary>
    public (double First, double Last) PeerMemory { get; set; }

    public (LoadResult Result, int Reloads) Replaced { get; set; }

    public void Add(string service, LoadResult result) => _runs.Add((service, result));

    public string Write()
    {
        var text = new StringBuilder();
        text.AppendLine("# Serving\n");
        text.AppendLine(
            "The sample [AspNetCore](../../samples/AspNetCore/README.md) beside the same endpoint by hand, with SkiaSharp 4.155.0 and\n"
            + "ONNX Runtime 1.31.1 (`benchmarks/peers/onnxruntime-service`), which runs each image on one thread and as many images at a\n"
            + "time as there are processors. Both serve the same file, a head for five classes on ResNet-18, to a client on the same\n"
            + "machine.\n");
        text.AppendLine(
            $"{arguments.Connections} connections, {arguments.Rounds} alternating runs of {arguments.Seconds} s each; medians and "
            + $"ranges. {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, "
            + $"{RuntimeInformation.FrameworkDescription}.\n");
        text.AppendLine("```sh");
        text.AppendLine(
            "dotnet run --project benchmarks/TransferLearning.Benchmarks -c Release -- measure-serving "
            + $"--seconds {arguments.Seconds} --rounds {arguments.Rounds} --connections {arguments.Connections} "
            + $"--replacements {arguments.Replacements} --requests {arguments.Requests} --report benchmarks/reports/serving.md");
        text.AppendLine("```\n");
        text.AppendLine("| service | requests/s | median latency, ms | 99th percentile, ms | failed |");
        text.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (string service in new[] { Ours, Unbatched, Peer })
        {
            text.AppendLine(
                $"| {service} | {Range(service, r => r.RequestsPerSecond)} | {Range(service, r => r.P50)} | {Range(service, r => r.P99)} "
                + $"| {Of(service).Sum(r => r.Failed)} |");
        }

        text.AppendLine();
        text.AppendLine(
            $"Requests/s: {Median(Ours, r => r.RequestsPerSecond) / Median(Peer, r => r.RequestsPerSecond):0.00} times those of the "
            + $"endpoint by hand. {SameLabels.Same} of {SameLabels.All} photos get the same label of both.\n");
        text.AppendLine(
            $"| memory of the process, MiB | after {arguments.Requests:N0} requests | after {10 * arguments.Requests:N0} | change |");
        text.AppendLine("| --- | --- | --- | --- |");
        foreach ((string service, (double first, double last)) in new[] { (Ours, Memory), (Peer, PeerMemory) })
        {
            text.AppendLine($"| {service} | {first:0} | {last:0} | {(last / first) - 1:+0.0 %;-0.0 %} |");
        }

        text.AppendLine();
        text.AppendLine(
            $"The model file was replaced {arguments.Replacements} times under the same load: {Replaced.Reloads} reloads, "
            + $"{Replaced.Result.Latencies.Length + Replaced.Result.Failed:N0} requests,\n{Replaced.Result.Failed} failed; median latency "
            + $"{Replaced.Result.P50:0.0} ms, 99th percentile {Replaced.Result.P99:0.0} ms.");
        return text.ToString();
    }

    private double[] Sorted(string service, Func<LoadResult, double> value) => [.. Of(service).Select(value).Order()];

    private double Median(string service, Func<LoadResult, double> value)
    {
        double[] sorted = Sorted(service, value);
        return sorted[sorted.Length / 2];
    }

    private string Range(string service, Func<LoadResult, double> value)
    {
        double[] sorted = Sorted(service, value);
        return $"{Median(service, value):0.0} ({sorted[0]:0.0} to {sorted[^1]:0.0})";
    }

    private IEnumerable<LoadResult> Of(string service) => _runs.Where(r => r.Service == service).Select(r => r.Result);
}
