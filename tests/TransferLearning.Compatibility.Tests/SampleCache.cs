using TransferLearning.Bottlenecks;

namespace TransferLearning.Compatibility.Tests;

/// <summary>Features of the probe images in a cache folder: in both precisions, with the index of files.</summary>
internal static class SampleCache
{
    /// <summary>The file of the expected features of a precision, beside the cache.</summary>
    public static string ExpectedIn(string folder, BottleneckPrecision precision) =>
        Path.Combine(folder, precision == BottleneckPrecision.Half ? "half.tsv" : "full.tsv");

    /// <summary>Fills a new folder with a cache, and writes the features that it holds beside it.</summary>
    public static void Write(string folder)
    {
        foreach (BottleneckPrecision precision in Enum.GetValues<BottleneckPrecision>())
        {
            Features(Extract(folder, precision)).Write(ExpectedIn(folder, precision));
        }

        foreach (string ofTheRun in Directory.EnumerateFiles(folder, "*.lock"))
        {
            File.Delete(ofTheRun);
        }
    }

    public static Extraction Extract(string folder, BottleneckPrecision precision) =>
        new BottleneckExtractor(FormatsFolder.Backbone, Cache(folder, precision)).Extract(FormatsFolder.Probes);

    public static BottleneckCache Cache(string folder, BottleneckPrecision precision) =>
        new(folder, new BottleneckCacheOptions { Precision = precision });

    public static ExpectedValues Features(Extraction extraction)
    {
        var values = new ExpectedValues(Enumerable.Range(0, extraction.Bottlenecks.FeatureSize).Select(f => $"{f}"));
        for (int i = 0; i < extraction.Images.Count; i++)
        {
            values.Add(FormatsFolder.NameOf(extraction.Images.Images[i]), extraction.Bottlenecks.Row(i));
        }

        return values;
    }
}
