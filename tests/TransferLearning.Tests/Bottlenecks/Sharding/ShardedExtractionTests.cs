using System.Text.Json;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Bottlenecks.Sharding;

public sealed class ShardedExtractionTests : IDisposable
{
    private readonly ShardedPhotos _photos = new();

    public void Dispose() => _photos.Dispose();

    [Fact]
    public void Each_image_is_in_one_shard_and_shards_differ_by_one_image_at_most()
    {
        string[] all = [.. ImageDataset.Open(_photos.Photos).Images.Select(i => i.Path)];

        Extraction[] shards = [.. Enumerable.Range(0, 4).Select(i => _photos.Extract(i, 4))];

        shards.Select(s => s.Images.Count).ShouldBe([6, 6, 5, 5]);
        shards.SelectMany(s => s.Images.Images.Select(i => i.Path)).Order(StringComparer.Ordinal).ShouldBe(all);
        shards[1].Images.Images.Select(i => i.Path).ShouldBe([all[1], all[5], all[9], all[13], all[17], all[21]]);
    }

    [Fact]
    public void A_whole_extraction_takes_all_from_parts_that_are_not_merged()
    {
        _photos.ExtractAll(3);

        Extraction from = _photos.Whole(_photos.Cache);

        (from.Summary.CacheHits, from.Summary.CacheMisses).ShouldBe((ShardedPhotos.Count, 0));
        from.Thumbnails.ShouldAllBe(t => t != null);
        from.Bottlenecks.Values.SequenceEqual(_photos.Whole().Bottlenecks.Values).ShouldBeTrue();
        _photos.Cache.Describe().ShouldBeEmpty("nothing had to be added");
    }

    [Fact]
    public void A_strategy_uses_the_parts_that_are_there_and_computes_the_rest()
    {
        _photos.ExtractAll(4, without: 2);

        FineTuningResult result = TransferPipeline.FineTune(_photos.Photos)
            .WithTinyBackbone().WithBottleneckCache(_photos.Cache).Fit();

        (result.Extraction.CacheHits, result.Extraction.CacheMisses).ShouldBe((ShardedPhotos.Count - 5, 5));
    }

    [Fact]
    public void A_shard_that_was_complete_computes_nothing_when_it_runs_again()
    {
        Extraction first = _photos.Extract(1, 4);
        Extraction second = _photos.Extract(1, 4);

        (first.Summary.CacheHits, first.Summary.CacheMisses).ShouldBe((0, 6));
        (second.Summary.CacheHits, second.Summary.CacheMisses).ShouldBe((6, 0));
        second.Bottlenecks.Values.SequenceEqual(first.Bottlenecks.Values).ShouldBeTrue();
        _photos.Parts(1, ".bottlenecks").Length.ShouldBe(1, "the second attempt had nothing to write");
    }

    [Fact]
    public void A_shard_takes_what_killed_attempts_have_left_and_cuts_no_file_of_theirs()
    {
        _photos.Extract(0, 2);
        File.Delete(Path.Combine(_photos.Division, "0.json"));
        string part = _photos.Parts(0, ".bottlenecks").ShouldHaveSingleItem();
        byte[] whole = File.ReadAllBytes(part);
        int record = 32 + 4 + (4 * TinyBackbone.Value.FeatureSize);
        File.WriteAllBytes(part, whole[..(128 + (7 * record) + 11)]);

        Extraction again = _photos.Extract(0, 2);

        (again.Summary.CacheHits, again.Summary.CacheMisses).ShouldBe((7, 4));
        new FileInfo(part).Length.ShouldBe(128 + (7 * record) + 11, "a process that is believed dead may still write it");
        _photos.Extract(1, 2);
        _photos.Cache.Merge().Added.ShouldBe(ShardedPhotos.Count);
    }

    [Fact]
    public void A_canceled_shard_keeps_what_it_has_and_is_not_complete()
    {
        using var cancel = new CancellationTokenSource();
        var extractor = new BottleneckExtractor(
            TinyBackbone.Value, _photos.Cache, new ExtractionOptions { Threads = 1, Shard = new ExtractionShard(0, 1) });

        Should.Throw<OperationCanceledException>(() => extractor.Extract(
            ImageDataset.Open(_photos.Photos), new CancelAt(3, cancel), cancel.Token));

        File.Exists(Path.Combine(_photos.Division, "0.json")).ShouldBeFalse();
        _photos.Extract(0, 1).Summary.CacheHits.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_image_that_cannot_be_used_is_in_the_completion_record_with_the_reason()
    {
        _photos.Write("photos/red/a-broken.jpg", "no image");

        Extraction shard = _photos.Extract(0, 23);

        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(_photos.Division, "0.json")));
        record.RootElement.GetProperty("images").GetInt32().ShouldBe(1);
        Extraction broken = Enumerable.Range(1, 22).Select(i => _photos.Extract(i, 23)).Single(e => e.Images.Count == 0);
        broken.Summary.Skipped.ShouldHaveSingleItem().Path.ShouldEndWith("a-broken.jpg");
        shard.Images.Count.ShouldBe(1);
        _photos.Cache.DescribeShards().ShouldHaveSingleItem().Skipped.ShouldBe(1);
        BottleneckCacheMerge merge = _photos.Cache.Merge();
        merge.Skipped.ShouldHaveSingleItem().Reason.ShouldBe(broken.Summary.Skipped[0].Reason);
        merge.Added.ShouldBe(ShardedPhotos.Count);
    }

    [Fact]
    public void A_shard_without_images_is_complete()
    {
        _photos.ExtractAll(ShardedPhotos.Count + 2);

        _photos.Extract(23, 24).Images.Count.ShouldBe(0);
        _photos.Cache.Merge().Shards.ShouldBe(24);
    }

    [Fact]
    public void Another_number_of_shards_is_refused_with_the_file_that_disagrees()
    {
        _photos.Extract(0, 4);

        TransferLearningException refusal = Should.Throw<TransferLearningException>(() => _photos.Extract(0, 3));

        refusal.Message.ShouldContain(Path.Combine(_photos.Division, "division.json"));
        refusal.Message.ShouldContain("is divided into 4 shards, not 3");
        refusal.Message.ShouldContain("run shard 0/3 as the others were run");
        Directory.GetDirectories(_photos.At("cache/shards")).Length.ShouldBe(1);
    }

    [Fact]
    public void Another_backbone_precision_or_listing_is_refused()
    {
        _photos.Extract(0, 2);
        Backbone other = TinyBackbone.Value.WithNormalization(PixelNormalization.Torchvision, "a test");

        Should.Throw<TransferLearningException>(() => _photos.Extract(1, 2, other))
            .Message.ShouldContain("is of another network or preprocessing with the name 'tiny'");
        var half = new BottleneckCache(_photos.Cache.Directory, new BottleneckCacheOptions { Precision = BottleneckPrecision.Half });
        Should.Throw<TransferLearningException>(() => _photos.Extract(1, 2, cache: half)).Message.ShouldContain("another precision");
        _photos.Write("photos/red/new.jpg", "image");
        Should.Throw<TransferLearningException>(() => _photos.Extract(1, 2))
            .Message.ShouldContain("another listing of the images (22 images, not 23");
    }

    [Fact]
    public void Machines_may_have_mounted_the_same_images_at_different_places()
    {
        _photos.Extract(0, 2);
        Directory.Move(_photos.Photos, _photos.At("elsewhere"));
        var extractor = new BottleneckExtractor(
            TinyBackbone.Value, _photos.Cache, new ExtractionOptions { Shard = new ExtractionShard(1, 2) });

        extractor.Extract(ImageDataset.Open(_photos.At("elsewhere"))).Summary.CacheMisses.ShouldBe(11);

        _photos.Cache.Merge().Added.ShouldBe(ShardedPhotos.Count);
    }

    [Fact]
    public void A_shard_that_cannot_store_its_part_ends_and_is_not_complete()
    {
        var extractor = new BottleneckExtractor(
            TinyBackbone.Value, _photos.Cache, new ExtractionOptions { Threads = 1, Shard = new ExtractionShard(0, 1) });

        TransferLearningException failure = Should.Throw<TransferLearningException>(() => extractor.Extract(
            ImageDataset.Open(_photos.Photos), new DeleteAtFirst(_photos.At("cache/shards"))));

        failure.Message.ShouldContain("cannot be written");
        failure.Message.ShouldContain("a shard keeps what it computes, or ends");
        Directory.Exists(_photos.At("cache/shards")).ShouldBeFalse();
    }

    [Fact]
    public void A_shard_needs_a_cache_without_a_limit()
    {
        var options = new ExtractionOptions { Shard = new ExtractionShard(0, 2) };

        Should.Throw<ArgumentException>(() => new BottleneckExtractor(TinyBackbone.Value, null, options))
            .Message.ShouldContain("needs a cache");
        Should.Throw<ArgumentException>(() => new BottleneckExtractor(
            TinyBackbone.Value, new BottleneckCache("c", new BottleneckCacheOptions { MaxBytes = 1000 }), options))
            .Message.ShouldContain("BottleneckCacheOptions.MaxBytes has no use with a shard");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    public void A_shard_that_there_is_not_is_refused(int index, int count) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ExtractionShard(index, count));

    private sealed class CancelAt(int images, CancellationTokenSource source) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value)
        {
            if (value.Done >= images || value.Done >= 1)
            {
                source.Cancel();
            }
        }
    }

    private sealed class DeleteAtFirst(string folder) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
