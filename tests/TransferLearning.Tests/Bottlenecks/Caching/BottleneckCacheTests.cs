using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.Tests.Bottlenecks.Caching;

public sealed class BottleneckCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_default_folder_is_in_the_users_cache_folder()
    {
        string folder = BottleneckCache.DefaultDirectory;

        Path.IsPathRooted(folder).ShouldBeTrue();
        Path.GetFileName(folder).ShouldBe("transferlearning");
    }

    [Fact]
    public void A_cache_that_was_never_used_is_empty()
    {
        var cache = new BottleneckCache(_folder.At("absent"));

        cache.Describe().ShouldBeEmpty();
        cache.Clear().ShouldBe(0);
    }

    [Fact]
    public void A_precision_that_does_not_exist_is_refused()
    {
        var options = new BottleneckCacheOptions { Precision = (BottleneckPrecision)7 };

        Should.Throw<ArgumentException>(() => new BottleneckCache(_folder.Path, options)).Message.ShouldContain("expected Full or Half");
    }

    [SkippableFact]
    public void Its_files_are_described_verified_and_cleared_and_others_left_alone()
    {
        Backbone backbone = SharedData.Backbone("mobilenet_v1_0.25_128.onnx");
        var cache = new BottleneckCache(_folder.At("cache"));
        new BottleneckExtractor(backbone, cache).Extract(ImageDataset.FromFiles(SharedData.Photos(3)));
        string stranger = _folder.Write("cache/letters.txt");
        _folder.Write("cache/damaged.bottlenecks", "no header");

        BottleneckCacheFile file = cache.Describe().ShouldHaveSingleItem();
        (file.Backbone, file.Fingerprint, file.FeatureSize, file.Images, file.Damaged)
            .ShouldBe(("mobilenet_v1_0.25_128", backbone.Fingerprint, 256, 3, null));
        file.Bytes.ShouldBe(128 + (3 * (32 + 4 + (4 * 256))));
        cache.Verify().ShouldHaveSingleItem().Damaged.ShouldBe(0);

        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file.Path, bytes);
        cache.Verify().ShouldHaveSingleItem().Damaged.ShouldBe(1);

        cache.Clear().ShouldBeGreaterThan(file.Bytes);
        Directory.GetFiles(cache.Directory).ShouldBe([stranger]);
    }
}
