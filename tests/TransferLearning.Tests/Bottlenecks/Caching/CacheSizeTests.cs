using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Bottlenecks.Caching;

/// <summary>The limit of a cache's size.</summary>
public sealed class CacheSizeTests : IDisposable
{
    // Features of the tiny network, thumbnail, and hash of the file.
    private const int PerImage = 32 + 4 + (4 * 32) + 36 + 1152 + 36 + 32;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_within_its_limit_stays_as_it_is()
    {
        Extraction first = Extract(Files(0, 10), TinyBackbone.Value, 11 * PerImage);

        first.Summary.Warnings.ShouldBeEmpty();
        Extract(Files(0, 10), TinyBackbone.Value, 11 * PerImage).Summary.CacheHits.ShouldBe(10);
    }

    [Fact]
    public void The_oldest_images_go_first_down_to_nine_tenths_of_the_limit()
    {
        Extract(Files(0, 20), TinyBackbone.Value, maxBytes: null);

        Extraction next = Extract(Files(20, 25), TinyBackbone.Value, 20 * PerImage);

        next.Summary.Warnings.ShouldHaveSingleItem().ShouldContain("the oldest 8 of 25 images of 'tiny'");
        SizeOfCache().ShouldBeInRange(17 * PerImage, 18 * PerImage);
        Extract(Files(20, 25), TinyBackbone.Value, maxBytes: null).Summary.CacheHits.ShouldBe(5);
        Extract(Files(0, 20), TinyBackbone.Value, maxBytes: null).Summary.CacheHits.ShouldBe(12);
    }

    [Fact]
    public void The_features_of_a_network_that_was_not_used_for_longer_go_before_any_image_of_the_one_in_use()
    {
        Backbone other = TinyBackbone.Value.WithNormalization(PixelNormalization.Caffe, "a test");
        Extract(Files(0, 20), other, maxBytes: null);
        Extract(Files(0, 20), TinyBackbone.Value, maxBytes: null);
        string otherFile = Path.Combine(_folder.At("cache"), other.Fingerprint + ".bottlenecks");
        File.SetLastWriteTimeUtc(otherFile, new DateTime(2025, 1, 2, 0, 0, 0, DateTimeKind.Utc));

        Extraction next = Extract(Files(0, 21), TinyBackbone.Value, 22 * PerImage);

        next.Summary.Warnings.ShouldHaveSingleItem().ShouldContain("(last used 2025-01-02)");
        File.Exists(otherFile).ShouldBeFalse();
        Extract(Files(0, 21), TinyBackbone.Value, maxBytes: null).Summary.CacheHits.ShouldBeGreaterThan(18);
    }

    [Fact]
    public void What_the_run_itself_has_stored_stays_unless_the_limit_cannot_hold_it()
    {
        Extract(Files(0, 20), TinyBackbone.Value, (20 * PerImage) + 400).Summary.Warnings.ShouldBeEmpty();
        Extract(Files(20, 39), TinyBackbone.Value, (20 * PerImage) + 400).Summary.Warnings.ShouldHaveSingleItem();
        Extract(Files(20, 39), TinyBackbone.Value, maxBytes: null).Summary.CacheHits.ShouldBe(19);

        IReadOnlyList<string> warnings = Extract(Files(40, 60), TinyBackbone.Value, 10 * PerImage).Summary.Warnings;

        warnings[^1].ShouldContain($"{20 * PerImage:#,0} bytes in the cache, more than its limit of {10 * PerImage:#,0} bytes");
        Extract(Files(40, 60), TinyBackbone.Value, maxBytes: null).Summary.CacheHits.ShouldBe(8);
    }

    [Fact]
    public void Compacting_reduces_the_folder_to_the_limit_too()
    {
        Extract(Files(0, 20), TinyBackbone.Value, maxBytes: null);

        BottleneckCacheCompaction done = Cache(10 * PerImage).Compact();

        done.Evictions.ShouldHaveSingleItem().ShouldContain("the oldest 12 of 20 images of 'tiny'");
        SizeOfCache().ShouldBeLessThan(9 * PerImage);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_below_one_byte_is_refused(long limit) =>
        Should.Throw<ArgumentException>(() => Cache(limit)).Message.ShouldContain("BottleneckCacheOptions.MaxBytes");

    [Fact]
    public void A_limit_that_cannot_hold_a_single_image_is_refused()
    {
        string message = Should.Throw<TransferLearningException>(() => Extract(Files(0, 1), TinyBackbone.Value, PerImage)).Message;

        message.ShouldContain("BottleneckCacheOptions.MaxBytes");
        message.ShouldContain($"{PerImage + (3 * 128)}");
    }

    private long SizeOfCache() => Directory.GetFiles(_folder.At("cache")).Sum(f => new FileInfo(f).Length);

    private BottleneckCache Cache(long? maxBytes) => new(_folder.At("cache"), new BottleneckCacheOptions { MaxBytes = maxBytes });

    private Extraction Extract(ImageDataset images, Backbone backbone, long? maxBytes) =>
        new BottleneckExtractor(backbone, Cache(maxBytes)).Extract(images);

    private ImageDataset Files(int from, int to) => ImageDataset.FromFiles(Enumerable.Range(from, to - from).Select(i =>
    {
        string path = _folder.At($"{i}.jpg");
        if (!File.Exists(path))
        {
            _folder.Write($"{i}.jpg", DrawnImages.Disc(i % 4, i).File);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        }

        return path;
    }));
}
