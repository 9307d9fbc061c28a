using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.Tests.Bottlenecks;

/// <summary>The thumbnails of images in the cache: made in the extraction, or once for features that an earlier version kept.</summary>
public sealed class ThumbnailCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(BottleneckPrecision.Full)]
    [InlineData(BottleneckPrecision.Half)]
    public void A_second_run_has_the_same_thumbnails_without_reading_an_image(BottleneckPrecision precision)
    {
        ImageDataset photos = Photos(8);
        Extraction first = Extract(photos, precision);
        photos.Images.ToList().ForEach(i => Overwrite(i.Path));

        Extraction second = Extract(photos, precision);

        second.Summary.CacheHits.ShouldBe(8);
        Bytes(second).ShouldBe(Bytes(first));
        second.Contents.ShouldBe(first.Contents);
    }

    [SkippableFact]
    public void Features_that_were_kept_without_thumbnails_stay_and_the_images_are_decoded_once()
    {
        ImageDataset photos = Photos(6);
        Extraction before = Extract(photos);
        File.Delete(_folder.At("cache/images.thumbnails"));
        byte[] features = Features();

        Extraction filled = Extract(photos);

        (filled.Summary.CacheHits, filled.Summary.CacheMisses).ShouldBe((6, 0));
        filled.Bottlenecks.Values.ToArray().ShouldBe(before.Bottlenecks.Values.ToArray());
        Features().ShouldBe(features);
        Bytes(filled).ShouldBe(Bytes(before));
        photos.Images.ToList().ForEach(i => Overwrite(i.Path));
        Bytes(Extract(photos)).ShouldBe(Bytes(before));

        byte[] Features() => File.ReadAllBytes(Directory.GetFiles(_folder.At("cache"), "*.bottlenecks").ShouldHaveSingleItem());
    }

    [SkippableFact]
    public void A_damaged_or_torn_thumbnail_is_made_again()
    {
        ImageDataset photos = Photos(6);
        Extraction before = Extract(photos);
        string file = _folder.At("cache/images.thumbnails");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[300] ^= 0xff;
        File.WriteAllBytes(file, bytes[..^100]);

        Extraction after = Extract(photos);

        (after.Summary.CacheHits, after.Summary.Warnings.Count).ShouldBe((6, 0));
        Bytes(after).ShouldBe(Bytes(before));
        Bytes(Extract(photos)).ShouldBe(Bytes(before));
    }

    [SkippableFact]
    public void An_image_that_cannot_be_decoded_any_more_is_used_by_its_features_and_has_no_thumbnail()
    {
        ImageDataset photos = Photos(3);
        Extract(photos);
        File.Delete(_folder.At("cache/images.thumbnails"));
        Overwrite(photos.Images[1].Path);

        Extraction extraction = Extract(photos);

        extraction.Summary.CacheHits.ShouldBe(3);
        extraction.Thumbnails.Select(t => t is null).ShouldBe([false, true, false]);
    }

    [SkippableFact]
    public void All_backbones_share_the_thumbnails()
    {
        ImageDataset photos = Photos(4);
        Extract(photos);
        long length = new FileInfo(_folder.At("cache/images.thumbnails")).Length;

        new BottleneckExtractor(SharedData.Backbone("mobilenet_v1_0.25_128.onnx"), Cache(BottleneckPrecision.Full)).Extract(photos);

        new FileInfo(_folder.At("cache/images.thumbnails")).Length.ShouldBe(length);
    }

    [SkippableFact]
    public void Clearing_the_cache_removes_them()
    {
        Extract(Photos(2));

        Cache(BottleneckPrecision.Full).Clear();

        Directory.GetFiles(_folder.At("cache")).ShouldBeEmpty();
    }

    private static byte[][] Bytes(Extraction extraction) => [.. extraction.Thumbnails.Select(t => t.ShouldNotBeNull().Bytes.ToArray())];

    // Length and time stay the same, so that a run which reads no content cannot notice.
    private static void Overwrite(string path)
    {
        DateTime time = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, new byte[new FileInfo(path).Length]);
        File.SetLastWriteTimeUtc(path, time);
    }

    private Extraction Extract(ImageDataset photos, BottleneckPrecision precision = BottleneckPrecision.Full) =>
        new BottleneckExtractor(SharedData.Backbone("compact_v0.onnx"), Cache(precision)).Extract(photos);

    private BottleneckCache Cache(BottleneckPrecision precision) =>
        new(_folder.At("cache"), new BottleneckCacheOptions { Precision = precision });

    private ImageDataset Photos(int count)
    {
        foreach ((int index, string photo) in SharedData.Photos(count).Index())
        {
            string path = _folder.Write($"set/ants/{index}.jpg", File.ReadAllBytes(photo));
            File.SetLastWriteTimeUtc(path, new DateTime(2024, 5, 6, 7, 8, index, DateTimeKind.Utc));
        }

        return ImageDataset.Open(_folder.At("set"));
    }
}
