using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using TransferLearning.Bottlenecks.Sharding;
using TransferLearning.Data;

namespace TransferLearning.Benchmarks.Scaling;

/// <summary>
/// Measures how long it takes to list many images and how much memory they take, for reports/scaling-out.md. Arguments: a folder, which is
/// filled with empty files unless it has them already, and their number.
/// </summary>
internal static class ListingMeasurement
{
    private const int PerClass = 1000;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string folder, string text] || !int.TryParse(text, out int images))
        {
            error.WriteLine("usage: measure-listing FOLDER IMAGES");
            return 1;
        }

        string data = Path.Combine(Path.GetFullPath(folder), "photos"), manifest = Path.Combine(Path.GetFullPath(folder), "photos.csv");
        Fill(data, manifest, images);
        output.WriteLine("| source | images | seconds | bytes held per image | seconds to hash the names | peak memory, MB |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (string source in (string[])[data, manifest])
        {
            Measure(source, source == data ? "folder" : "manifest", output);
        }

        return 0;
    }

    /// <summary>Lists in a method of its own, so that nothing of an earlier listing is held.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Measure(string source, string kind, TextWriter output)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        var set = ImageDataset.Open(source);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double held = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / set.Count;
        start = Stopwatch.GetTimestamp();
        ShardListing.Of(set);
        double hashed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        output.WriteLine(FormattableString.Invariant($"| {kind} | {set.Count} | {seconds:0.0} ")
            + FormattableString.Invariant($"| {held:0} | {hashed:0.00} | {process.PeakWorkingSet64 / 1e6:0} |"));
    }

    private static void Fill(string data, string manifest, int images)
    {
        if (File.Exists(manifest))
        {
            return;
        }

        Directory.CreateDirectory(data);
        using StreamWriter rows = File.CreateText(manifest);
        rows.WriteLine("path,label");
        for (int i = 0; i < images; i++)
        {
            string label = string.Create(CultureInfo.InvariantCulture, $"class-{i / PerClass:0000}");
            string name = string.Create(CultureInfo.InvariantCulture, $"{label}/IMG_{i:0000000}.jpg");
            if (i % PerClass == 0)
            {
                Directory.CreateDirectory(Path.Combine(data, label));
            }

            File.Create(Path.Combine(data, name)).Dispose();
            rows.WriteLine($"photos/{name},{label}");
        }
    }
}
