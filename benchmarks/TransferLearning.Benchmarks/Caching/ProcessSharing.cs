using System.Diagnostics;
using System.Text.Json;

namespace TransferLearning.Benchmarks.Caching;

/// <summary>
/// Measures how processes that extract the same images at the same time share the work, for reports/cache-processes.md. Arguments: the
/// <c>transfer</c> program, and the number of rounds.
/// </summary>
internal static class ProcessSharing
{
    private const int Processes = 8;
    private static readonly string[] Sets = ["flowers-small", "concrete-cracks", "trashnet"];

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string program, string text] || !int.TryParse(text, out int rounds))
        {
            error.WriteLine("usage: measure-cache-processes PROGRAM ROUNDS");
            return 1;
        }

        var command = new TransferCommand(program);
        output.WriteLine("| set | images | processes | computed | of one process | repeated records | CPU seconds | seconds |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (string set in Sets)
        {
            foreach (int processes in (int[])[.. Enumerable.Repeat(1, (rounds + 1) / 2), .. Enumerable.Repeat(Processes, rounds)])
            {
                Measure(command, set, processes, output);
            }
        }

        return 0;
    }

    private static void Measure(TransferCommand command, string set, int processes, TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("transferlearning-sharing-").FullName;
        try
        {
            string cache = Path.Combine(folder, "cache"), data = SharedFiles.PathOf("data", set);
            long start = Stopwatch.GetTimestamp();
            var runs = new (double CpuSeconds, JsonElement Figures)[processes];
            Thread[] threads =
            [
                .. Enumerable.Range(0, processes).Select(i => new Thread(() => runs[i] = command.Run(
                    "extract", data, "-o", Path.Combine(folder, $"{i}.npy"), "--cache", cache, "--backbone", "compact", "--quiet"))),
            ];
            Array.ForEach(threads, t => t.Start());
            Array.ForEach(threads, t => t.Join());
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

            int images = runs[0].Figures.GetProperty("images").GetInt32();
            int computed = runs.Sum(r => r.Figures.GetProperty("cacheMisses").GetInt32());
            var stored = StoredRecords.Read(cache);
            CheckOutputs(folder, processes);
            double share = (double)computed / images;
            output.WriteLine(FormattableString.Invariant($"| {set} | {images} | {processes} | {computed} | {share:0.00} ")
                + FormattableString.Invariant($"| {stored.Repeated} | {runs.Sum(r => r.CpuSeconds):0.0} | {seconds:0.0} |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CheckOutputs(string folder, int processes)
    {
        byte[] first = File.ReadAllBytes(Path.Combine(folder, "0.npy"));
        for (int i = 1; i < processes; i++)
        {
            if (!File.ReadAllBytes(Path.Combine(folder, $"{i}.npy")).AsSpan().SequenceEqual(first))
            {
                throw new InvalidOperationException($"process {i} has other features than process 0");
            }
        }
    }
}
