using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TransferLearning.Benchmarks.Caching;

namespace TransferLearning.Benchmarks.Scaling;

/// <summary>
/// Compares two shards with one thread each, side by side, with one process of two threads on the same images, for reports/scaling-out.md.
/// Arguments: the <c>transfer</c> program, the number of rounds, and folders of images. Each run begins without a cache.
/// </summary>
internal static class ShardEfficiency
{
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string program, string text, string data] || !int.TryParse(text, out int rounds))
        {
            error.WriteLine("usage: measure-shards PROGRAM ROUNDS DATA");
            return 1;
        }

        output.WriteLine("| round | images | one process, 2 threads, s | two shards, 1 thread each, s | efficiency | by CPU seconds |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        var command = new TransferCommand(program);
        for (int round = 1; round <= rounds; round++)
        {
            (double one, double cpuOfOne, int images) = Time(command, data, [["-o", "{0}.npy", "--threads", "2"]]);
            (double two, double cpuOfTwo, _) = Time(
                command, data, [["--shard", "0/2", "--threads", "1"], ["--shard", "1/2", "--threads", "1"]]);
            output.WriteLine(FormattableString.Invariant($"| {round} | {images} | {one:0.0} | {two:0.0} | {one / two:0.000} ")
                + FormattableString.Invariant($"| {cpuOfOne / cpuOfTwo:0.000} |"));
        }

        return 0;
    }

    private static (double Seconds, double CpuSeconds, int Images) Time(TransferCommand command, string data, string[][] tasks)
    {
        string folder = Directory.CreateTempSubdirectory("transferlearning-shards-").FullName;
        try
        {
            long start = Stopwatch.GetTimestamp();
            var runs = new (double CpuSeconds, JsonElement Figures)[tasks.Length];
            Thread[] threads =
            [
                .. tasks.Select((options, i) => new Thread(() => runs[i] = command.Run(
                [
                    "extract", data, "--cache", Path.Combine(folder, "cache"), "--layout", "images", "--quiet",
                    .. options.Select(o => string.Format(CultureInfo.InvariantCulture, o, Path.Combine(folder, "features"))),
                ]))),
            ];
            Array.ForEach(threads, t => t.Start());
            Array.ForEach(threads, t => t.Join());
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return (seconds, runs.Sum(r => r.CpuSeconds), runs.Sum(r => r.Figures.GetProperty("cacheMisses").GetInt32()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
