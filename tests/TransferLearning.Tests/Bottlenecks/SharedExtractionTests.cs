using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Tests.Bottlenecks.Records;

namespace TransferLearning.Tests.Bottlenecks;

/// <summary>Extractions that use the same cache at the same time.</summary>
public sealed class SharedExtractionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private BottleneckCache Cache => new(_folder.At("cache"));

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void They_compute_each_image_about_once_store_it_once_and_give_the_same_as_one_alone()
    {
        const int images = 240;
        string[] files = Files(images);
        float[] alone = Extract(null).Bottlenecks.Values.ToArray();
        var extractions = new Extraction[3];
        Parallel.For(0, 3, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i => extractions[i] = Extract(Cache));

        extractions.Select(e => e.Bottlenecks.Values.ToArray()).ShouldAllBe(v => v.SequenceEqual(alone));
        extractions.ShouldAllBe(e => e.Summary.CacheHits + e.Summary.CacheMisses == images);
        extractions.ShouldAllBe(e => e.Thumbnails.All(t => t != null));
        extractions.Sum(e => e.Summary.CacheMisses).ShouldBeInRange(images, (int)(1.3 * images));
        BottleneckCacheFile file = Cache.Verify().ShouldHaveSingleItem();
        (file.Images, file.Superseded, file.Damaged).ShouldBe((images, 0, 0));
        Cache.VerifyShared().Select(f => (f.Records, f.Superseded, f.Damaged)).ShouldBe([(images, 0, 0), (images, 0, 0)]);

        Extraction Extract(BottleneckCache? cache) => new BottleneckExtractor(
            SharedData.Backbone("mobilenet_v1_0.25_128.onnx"), cache, new ExtractionOptions { Threads = 1 })
            .Extract(ImageDataset.FromFiles(files));
    }

    [Fact]
    public void The_first_group_is_written_at_once_and_then_what_two_seconds_hold()
    {
        var time = new ManualTime();
        using var store = new BottleneckStore(Cache, TinyBackbone.Value, time);
        float[] features = new float[TinyBackbone.Value.FeatureSize];

        Stored(1).ShouldBe(1);
        time.Advance(1);
        Stored(2).ShouldBe(1);
        time.Advance(0.9);
        Stored(3).ShouldBe(1);
        time.Advance(0.1);
        Stored(4).ShouldBe(4);
        Stored(5).ShouldBe(4);

        int Stored(int image)
        {
            store.Add(TestRecords.Key(image), features);
            store.EndGroup();
            return Cache.Describe().ShouldHaveSingleItem().Images;
        }
    }

    [Fact]
    public void Each_group_is_written_while_another_process_works()
    {
        var time = new ManualTime();
        float[] features = new float[TinyBackbone.Value.FeatureSize];
        using var store = new BottleneckStore(Cache, TinyBackbone.Value, time);
        store.EndGroup();
        using (var other = new BottleneckStore(Cache, TinyBackbone.Value, time))
        {
            other.Add(TestRecords.Key(100), features);
        }

        store.Refresh().ShouldBeTrue();
        Stored(1).ShouldBe(2);
        Stored(2).ShouldBe(3);
        time.Advance(60);
        Stored(3).ShouldBe(4, "two seconds have passed");
        Stored(4).ShouldBe(4, "the other process has ended");

        int Stored(int image)
        {
            store.Add(TestRecords.Key(image), features);
            store.EndGroup();
            return Cache.Describe().ShouldHaveSingleItem().Images;
        }
    }

    private string[] Files(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            string path = _folder.Write($"set/{i}.jpg", DrawnImages.Disc(i % 4, i).File);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
            return path;
        }),
    ];

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks = TimeSpan.FromHours(1).Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
