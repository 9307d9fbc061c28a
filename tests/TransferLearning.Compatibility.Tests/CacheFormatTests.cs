using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.Compatibility.Tests;

/// <summary>Bottleneck caches of every version serve every image, with the features that were stored.</summary>
public sealed class CacheFormatTests
{
    // Computed features differ in their last bits between instruction sets; half precision keeps 11 bits of values below 8.
    private const float FullTolerance = 1e-5f;
    private const float HalfTolerance = 4e-3f;

    /// <summary>Each folder with each precision.</summary>
    public static TheoryData<string, BottleneckPrecision> Caches
    {
        get
        {
            var caches = new TheoryData<string, BottleneckPrecision>();
            foreach (string folder in FormatsFolder.CacheFolders)
            {
                caches.Add(Path.GetFileName(folder), BottleneckPrecision.Full);
                caches.Add(Path.GetFileName(folder), BottleneckPrecision.Half);
            }

            return caches;
        }
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void Files_state_the_version_that_their_folder_is_named_after(string folder, BottleneckPrecision precision)
    {
        string path = Path.Combine(FormatsFolder.Root, folder);

        foreach (string file in (string[])[FileOf(path, precision).Path, Path.Combine(path, "files.index")])
        {
            FormatVersion.OfCache(File.ReadAllBytes(file)).ShouldBe(FormatsFolder.VersionOf(path), file);
        }
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void A_cache_serves_every_image_with_the_bits_that_were_stored(string folder, BottleneckPrecision precision)
    {
        string path = Path.Combine(FormatsFolder.Root, folder);
        var expected = ExpectedValues.Read(SampleCache.ExpectedIn(path, precision));
        using var copy = TemporaryFolder.CopyOf(path);

        Extraction extraction = SampleCache.Extract(copy.Path, precision);

        extraction.Summary.Warnings.ShouldBeEmpty();
        (extraction.Summary.CacheHits, extraction.Summary.CacheMisses).ShouldBe(
            (FormatsFolder.Probes.Count, 0),
            "users would have to compute all cached features again: a backbone's fingerprint has changed, or an image's key");
        for (int i = 0; i < extraction.Images.Count; i++)
        {
            string name = FormatsFolder.NameOf(extraction.Images.Images[i]);
            extraction.Bottlenecks.Row(i).ToArray().ShouldBe(expected[name].ToArray(), name);
        }
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void Features_computed_today_are_those_in_the_cache(string folder, BottleneckPrecision precision)
    {
        var expected = ExpectedValues.Read(SampleCache.ExpectedIn(Path.Combine(FormatsFolder.Root, folder), precision));
        float tolerance = precision == BottleneckPrecision.Half ? HalfTolerance : FullTolerance;

        Extraction extraction = new BottleneckExtractor(FormatsFolder.Backbone).Extract(FormatsFolder.Probes);

        for (int i = 0; i < extraction.Images.Count; i++)
        {
            string name = FormatsFolder.NameOf(extraction.Images.Images[i]);
            extraction.Bottlenecks.Row(i).ToArray().ShouldBe(expected[name].ToArray(), tolerance, name);
        }
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void A_cache_is_sound(string folder, BottleneckPrecision precision)
    {
        BottleneckCacheFile file = FileOf(Path.Combine(FormatsFolder.Root, folder), precision);

        (file.Images, file.Damaged).ShouldBe((FormatsFolder.Probes.Count, 0));
        (file.Backbone, file.Fingerprint).ShouldBe((FormatsFolder.Backbone.Name, FormatsFolder.Backbone.Fingerprint));
        file.FeatureSize.ShouldBe(FormatsFolder.Backbone.FeatureSize);
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void A_run_keeps_what_was_in_the_files(string folder, BottleneckPrecision precision)
    {
        string path = Path.Combine(FormatsFolder.Root, folder);
        using var copy = TemporaryFolder.CopyOf(path);

        SampleCache.Extract(copy.Path, precision);

        foreach (string name in (string[])[Path.GetFileName(FileOf(path, precision).Path), "files.index"])
        {
            byte[] before = File.ReadAllBytes(Path.Combine(path, name));
            File.ReadAllBytes(copy.At(name)).AsSpan().StartsWith(before).ShouldBeTrue($"'{name}' was started again");
        }
    }

    private static BottleneckCacheFile FileOf(string folder, BottleneckPrecision precision) =>
        SampleCache.Cache(folder, precision).Verify().Single(f => f.Precision == precision);
}
