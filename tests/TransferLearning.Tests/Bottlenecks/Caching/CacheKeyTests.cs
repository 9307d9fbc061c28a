using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Tests;
using TransferLearning.Imaging.Tests.Formats;

namespace TransferLearning.Tests.Bottlenecks.Caching;

public sealed class CacheKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Features_of_an_image_are_taken_from_the_cache_only_for_the_same_version_of_its_decoder()
    {
        byte[] toy = ToyDecoder.Encode(ImageFormats.BuiltIn.Decode(DrawnImages.Disc(1, 1).File));
        string[] files = [_folder.Write("1.toy", toy), _folder.Write("2.jpg", DrawnImages.Disc(0, 2).File)];
        foreach (string file in files)
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        }

        Hits(files, "1.0").ShouldBe(0);
        Hits(files, "1.0").ShouldBe(2);
        Hits(files, "1.1").ShouldBe(1);
        Hits(files, "1.1").ShouldBe(2);
        Hits(files, "1.0").ShouldBe(2);
    }

    [Fact]
    public void Features_of_a_reduced_image_are_not_those_that_a_cache_has_of_its_full_size()
    {
        byte[] large = HostileFiles.FlatJpeg(6500, progressive: false);
        string file = _folder.Write("large.jpg", large);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        var cache = new BottleneckCache(_folder.At("cache"));
        float[] wrong = new float[TinyBackbone.Value.FeatureSize];
        using (var store = new BottleneckStore(cache, TinyBackbone.Value, TimeProvider.System))
        {
            store.Add(ContentKey.Of(large), wrong);
        }

        var extractor = new BottleneckExtractor(TinyBackbone.Value, cache);
        Extraction first = extractor.Extract(ImageDataset.FromFiles([file]));
        Extraction second = extractor.Extract(ImageDataset.FromFiles([file]));

        (first.Summary.CacheHits, second.Summary.CacheHits).ShouldBe((0, 1));
        first.Bottlenecks.Row(0).SequenceEqual(wrong).ShouldBeFalse();
        second.Bottlenecks.Row(0).SequenceEqual(first.Bottlenecks.Row(0)).ShouldBeTrue();
    }

    [Fact]
    public void A_view_has_a_key_of_its_own_for_each_number_and_setting_and_the_image_keeps_its_key()
    {
        var key = ContentKey.Of([1, 2, 3]);
        ContentKey[] views =
        [
            .. Enumerable.Range(0, 50).Select(v => CacheKey.OfView(key, ImageAugmentation.Photos, v)),
            .. Enumerable.Range(1, 50).Select(v => CacheKey.OfView(key, ImageAugmentation.Photos with { Hue = 0.1 }, v)),
        ];

        views[0].ShouldBe(key);
        views.Distinct().Count().ShouldBe(100);
        CacheKey.OfView(key, ImageAugmentation.Photos with { Hue = 0 }, 1).ShouldBe(views[1]);
    }

    private int Hits(string[] files, string version)
    {
        var options = new ImageDatasetOptions { Formats = ImageFormats.BuiltIn.Add(new VersionedToy(version)) };
        return new BottleneckExtractor(TinyBackbone.Value, new BottleneckCache(_folder.At("cache")))
            .Extract(ImageDataset.FromFiles(files, options)).Summary.CacheHits;
    }

    private sealed class VersionedToy(string version) : IImageDecoder, IVersionedDecoder
    {
        private readonly ToyDecoder _toy = new();

        public string FormatName => _toy.FormatName;

        public IReadOnlyList<string> Extensions => _toy.Extensions;

        public string Version => version;

        public bool Matches(ReadOnlySpan<byte> data) => _toy.Matches(data);

        public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options) => _toy.Decode(data, options);
    }
}
