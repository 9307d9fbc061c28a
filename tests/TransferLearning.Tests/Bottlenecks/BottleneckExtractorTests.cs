using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Bottlenecks;

public sealed class BottleneckExtractorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private BottleneckCache Cache => new(_folder.At("cache"));

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("mobilenet_v1_0.25_128.onnx")]
    [InlineData("compact_v0.onnx")]
    public void The_rows_are_the_same_for_any_number_of_threads_and_any_neighbors(string network)
    {
        ImageDataset photos = Photos(21);
        Backbone backbone = SharedData.Backbone(network);

        float[] one = Values(photos, threads: 1);
        float[] three = Values(photos, threads: 3);

        three.ShouldBe(one);
        one.Length.ShouldBe(21 * backbone.FeatureSize);
        Values(photos.Select([20]), threads: 1).ShouldBe(one[(20 * backbone.FeatureSize)..]);

        float[] Values(ImageDataset images, int threads) =>
            new BottleneckExtractor(backbone, null, new ExtractionOptions { Threads = threads })
                .Extract(images).Bottlenecks.Values.ToArray();
    }

    [SkippableFact]
    public void The_second_run_takes_everything_from_the_cache_without_reading_an_image()
    {
        ImageDataset photos = Photos(12);
        Extraction first = Extract(photos, Cache);
        MakeUnreadable();

        Extraction second = Extract(photos, Cache);

        (first.Summary.CacheHits, first.Summary.CacheMisses).ShouldBe((0, 12));
        (second.Summary.CacheHits, second.Summary.CacheMisses).ShouldBe((12, 0));
        second.Bottlenecks.Values.ToArray().ShouldBe(first.Bottlenecks.Values.ToArray());

        // Length and time stay the same, so that a run which reads no content cannot notice.
        void MakeUnreadable()
        {
            foreach (LabeledImage image in photos.Images)
            {
                DateTime time = File.GetLastWriteTimeUtc(image.Path);
                File.WriteAllBytes(image.Path, new byte[new FileInfo(image.Path).Length]);
                File.SetLastWriteTimeUtc(image.Path, time);
            }
        }
    }

    [SkippableFact]
    public void A_renamed_file_hits_and_one_changed_within_its_length_misses()
    {
        ImageDataset photos = Photos(3);
        Extract(photos, Cache);
        File.Move(photos.Images[0].Path, _folder.At("set/ants/renamed.jpg"));
        string changed = photos.Images[1].Path;
        byte[] bytes = File.ReadAllBytes(changed);
        bytes[^400] ^= 0xff;
        File.WriteAllBytes(changed, bytes);

        Extraction again = Extract(ImageDataset.Open(_folder.At("set")), Cache);

        (again.Summary.CacheHits, again.Summary.CacheMisses).ShouldBe((2, 1));
    }

    [SkippableFact]
    public void A_file_changed_within_the_last_two_seconds_is_read_again()
    {
        ImageDataset photos = Photos(2);
        string path = photos.Images[0].Path;
        DateTime time = File.GetLastWriteTimeUtc(path);
        var aMomentLater = new StandingTime(time.AddSeconds(1));
        new BottleneckExtractor(SmallBackbone(), Cache, new ExtractionOptions { Threads = 2, Time = aMomentLater }).Extract(photos);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^400] ^= 0xff;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);

        Extract(ImageDataset.Open(_folder.At("set")), Cache).Summary.CacheMisses.ShouldBe(1);
    }

    [SkippableFact]
    public void Images_that_cannot_be_decoded_are_named_and_the_others_keep_their_order()
    {
        ImageDataset photos = Photos(4);
        File.WriteAllText(photos.Images[1].Path, "no image");
        File.Delete(photos.Images[3].Path);

        Extraction extraction = Extract(photos, Cache);

        extraction.Summary.Skipped.Select(s => s.Path).ShouldBe([photos.Images[1].Path, photos.Images[3].Path]);
        extraction.Images.Images.ShouldBe([photos.Images[0], photos.Images[2]]);
        extraction.Bottlenecks.Row(1).ToArray().ShouldBe(Extract(photos.Select([2]), null).Bottlenecks.Values.ToArray());
        (extraction.Summary.CacheHits, extraction.Summary.CacheMisses).ShouldBe((0, 2));
    }

    [SkippableFact]
    public void Without_any_usable_image_the_message_names_the_first()
    {
        ImageDataset photos = Photos(2);
        foreach (LabeledImage image in photos.Images)
        {
            File.WriteAllText(image.Path, "no image");
        }

        Should.Throw<TransferLearningException>(() => Extract(photos, Cache)).Message.ShouldContain(photos.Images[0].Path);
    }

    [SkippableFact]
    public void A_canceled_run_keeps_what_it_finished()
    {
        ImageDataset photos = Photos(40);
        using var cancel = new CancellationTokenSource();
        var stopAtOnce = new SynchronousProgress(_ => cancel.Cancel());
        var extractor = new BottleneckExtractor(
            SmallBackbone(), Cache, new ExtractionOptions { Threads = 2, Time = new StridingTime(TimeSpan.FromSeconds(1)) });

        Should.Throw<OperationCanceledException>(() => extractor.Extract(photos, stopAtOnce, cancel.Token));

        Extract(photos, Cache).Summary.CacheHits.ShouldBeInRange(1, 39);
    }

    [SkippableFact]
    public void A_damaged_record_is_computed_again_with_a_warning()
    {
        ImageDataset photos = Photos(3);
        float[] first = Extract(photos, Cache).Bottlenecks.Values.ToArray();
        string file = Directory.GetFiles(_folder.At("cache"), "*.bottlenecks").ShouldHaveSingleItem();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        Extraction again = Extract(photos, Cache);

        (again.Summary.CacheHits, again.Summary.CacheMisses).ShouldBe((2, 1));
        again.Summary.Warnings.ShouldHaveSingleItem().ShouldContain("1 damaged");
        again.Bottlenecks.Values.ToArray().ShouldBe(first);
        Extract(photos, Cache).Summary.CacheHits.ShouldBe(3);
    }

    [SkippableFact]
    public void Half_precision_gives_the_same_cold_and_warm()
    {
        ImageDataset photos = Photos(3);
        BottleneckCache half = new(_folder.At("half"), new BottleneckCacheOptions { Precision = BottleneckPrecision.Half });

        float[] cold = Extract(photos, half).Bottlenecks.Values.ToArray();
        Extraction warm = Extract(photos, half);

        warm.Summary.CacheHits.ShouldBe(3);
        warm.Bottlenecks.Values.ToArray().ShouldBe(cold);
        float[] full = Extract(photos, null).Bottlenecks.Values.ToArray();
        cold.Zip(full, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(2e-3f * full.Max());
    }

    [SkippableFact]
    public void Another_preprocessing_has_a_cache_of_its_own()
    {
        ImageDataset photos = Photos(2);
        Extract(photos, Cache);
        var cropping = Backbone.FromFile(
            SharedData.Network("mobilenet_v1_0.25_128.onnx"),
            new BackboneOptions { Resize = ResizeMode.CenterCrop });

        new BottleneckExtractor(cropping, Cache).Extract(photos).Summary.CacheHits.ShouldBe(0);
        Extract(photos, Cache).Summary.CacheHits.ShouldBe(2);
    }

    [SkippableFact]
    public void Progress_ascends_to_the_total()
    {
        var reports = new List<ExtractionProgress>();
        new BottleneckExtractor(SmallBackbone(), null, new ExtractionOptions { Time = new StridingTime(TimeSpan.FromSeconds(1)) })
            .Extract(Photos(20), new SynchronousProgress(reports.Add));

        reports.Count.ShouldBeGreaterThan(2);
        reports.Select(r => r.Done).ShouldBeInOrder();
        reports[^1].Done.ShouldBe(20);
        reports.ShouldAllBe(r => r.Total == 20 && r.ImagesPerSecond > 0);
    }

    private static Backbone SmallBackbone() =>
        SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    private static Extraction Extract(ImageDataset photos, BottleneckCache? cache) =>
        new BottleneckExtractor(SmallBackbone(), cache, new ExtractionOptions { Threads = 2 }).Extract(photos);

    /// <summary>Copies of real photos, dated 2025.</summary>
    private ImageDataset Photos(int count)
    {
        foreach (string photo in SharedData.Photos(count))
        {
            string copy = _folder.Copy(photo, $"set/ants/{Path.GetFileName(photo)}");
            File.SetLastWriteTimeUtc(copy, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        return ImageDataset.Open(_folder.At("set"));
    }

    private sealed class SynchronousProgress(Action<ExtractionProgress> report) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => report(value);
    }

    /// <summary>A clock that stands still.</summary>
    private sealed class StandingTime(DateTime time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }

    /// <summary>A clock that advances at each reading.</summary>
    private sealed class StridingTime(TimeSpan stride) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, stride.Ticks);
    }
}
