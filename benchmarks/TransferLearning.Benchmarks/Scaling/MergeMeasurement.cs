using System.Diagnostics;
using TransferLearning.Bottlenecks;

namespace TransferLearning.Benchmarks.Scaling;

/// <summary>
/// Measures how long it takes to merge the parts of shards, beside a copy of the same bytes by <c>cp</c>, for reports/scaling-out.md.
/// Arguments: an empty folder, the number of records, of parts, and of rounds.
/// </summary>
internal static class MergeMeasurement
{
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string folder, string first, string second, string third]
            || !int.TryParse(first, out int records) || !int.TryParse(second, out int parts) || !int.TryParse(third, out int rounds))
        {
            error.WriteLine("usage: measure-merge EMPTY-FOLDER RECORDS PARTS ROUNDS");
            return 1;
        }

        string original = Path.Combine(folder, "original");
        long bytes = SyntheticParts.Write(original, records, parts);
        Shell("sync", "-f", original);
        output.WriteLine($"{records} records in {parts} parts, {bytes / 1e6:0} MB");
        output.WriteLine("| round | cp, s | cp and sync, s | merge, s | merge / cp | merge / cp and sync | peak memory, MB |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        for (int round = 1; round <= rounds; round++)
        {
            string copy = Path.Combine(folder, $"copy-{round}");
            long start = Stopwatch.GetTimestamp();
            Shell("cp", "-r", original, copy);
            double copied = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Shell("sync", "-f", copy);
            double synced = Stopwatch.GetElapsedTime(start).TotalSeconds;

            start = Stopwatch.GetTimestamp();
            BottleneckCacheMerge merge = new BottleneckCache(copy).Merge();
            double merged = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (merge.Added != records)
            {
                throw new InvalidOperationException($"{merge.Added} records were merged, not {records}");
            }

            using var process = Process.GetCurrentProcess();
            output.WriteLine(FormattableString.Invariant($"| {round} | {copied:0.00} | {synced:0.00} | {merged:0.00} ")
                + FormattableString.Invariant($"| {merged / copied:0.00} | {merged / synced:0.00} | {process.PeakWorkingSet64 / 1e6:0} |"));
            Directory.Delete(copy, recursive: true);
        }

        return 0;
    }

    private static void Shell(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} has ended with {process.ExitCode}");
        }
    }
}
