using TransferLearning.Bottlenecks;

namespace TransferLearning.Tests.Bottlenecks.Sharding;

public sealed class CacheMergeTests : IDisposable
{
    private readonly ShardedPhotos _photos = new();

    public void Dispose() => _photos.Dispose();

    [Fact]
    public void The_merged_cache_has_the_same_records_as_that_of_one_process()
    {
        _photos.ExtractAll(4);
        var alone = new BottleneckCache(_photos.At("alone"));
        _photos.Whole(alone);

        BottleneckCacheMerge merge = _photos.Cache.Merge();

        (merge.Shards, merge.Added, merge.Damaged, merge.Missing.Count).ShouldBe((4, ShardedPhotos.Count, 0, 0));
        merge.Bytes.ShouldBe(Directory.GetFiles(_photos.Cache.Directory).Sum(f => new FileInfo(f).Length));
        foreach (string file in Directory.GetFiles(alone.Directory).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            RecordsOf(Path.Combine(_photos.Cache.Directory, Path.GetFileName(file))).ShouldBe(RecordsOf(file));
        }

        Directory.Exists(_photos.At("cache/shards")).ShouldBeFalse();
        Extraction from = _photos.Whole(_photos.Cache);
        (from.Summary.CacheHits, from.Summary.CacheMisses).ShouldBe((ShardedPhotos.Count, 0));
    }

    [Fact]
    public void A_merge_may_be_repeated()
    {
        _photos.ExtractAll(3);
        _photos.Cache.Merge();
        Dictionary<string, byte[]> before = Directory.GetFiles(_photos.Cache.Directory).ToDictionary(f => f, File.ReadAllBytes);

        BottleneckCacheMerge again = _photos.Cache.Merge();

        (again.Shards, again.Added, again.Bytes).ShouldBe((0, 0, 0));
        Directory.GetFiles(_photos.Cache.Directory).ShouldAllBe(f => before[f].SequenceEqual(File.ReadAllBytes(f)));
    }

    [Fact]
    public void A_merge_that_was_killed_before_it_deleted_the_parts_is_continued()
    {
        _photos.ExtractAll(3);
        string copy = _photos.At("copy");
        CopyFolder(_photos.Division, copy);
        string division = _photos.Division;
        _photos.Cache.Merge();
        CopyFolder(copy, division);

        BottleneckCacheMerge again = _photos.Cache.Merge();

        (again.Shards, again.Added).ShouldBe((3, 0));
        _photos.Cache.Verify().ShouldHaveSingleItem().Images.ShouldBe(ShardedPhotos.Count);
        Directory.Exists(_photos.At("cache/shards")).ShouldBeFalse();
    }

    [Fact]
    public void What_the_cache_has_stays_and_parts_are_added()
    {
        var half = new BottleneckExtractor(TinyBackbone.Value, _photos.Cache);
        half.Extract(TransferLearning.Data.ImageDataset.Open(_photos.Photos).Select([0, 1, 2, 3, 4]));
        _photos.ExtractAll(2);

        _photos.Cache.Merge().Added.ShouldBe(ShardedPhotos.Count - 5);

        BottleneckCacheFile file = _photos.Cache.Verify().ShouldHaveSingleItem();
        (file.Images, file.Superseded, file.Damaged).ShouldBe((ShardedPhotos.Count, 0, 0));
    }

    [Fact]
    public void Missing_shards_are_named_as_a_scheduler_takes_them_and_nothing_is_merged()
    {
        _photos.ExtractAll(12, without: [3, 7, 8, 9]);

        TransferLearningException refusal = Should.Throw<TransferLearningException>(() => _photos.Cache.Merge());

        refusal.Message.ShouldContain("--array=3,7-9");
        refusal.Message.ShouldContain("--shards 12");
        refusal.Message.ShouldContain(_photos.Division);
        Directory.GetFiles(_photos.Cache.Directory).ShouldBeEmpty();
        _photos.Cache.DescribeShards().ShouldHaveSingleItem().MissingExpression.ShouldBe("3,7-9");
    }

    [Fact]
    public void A_damaged_record_makes_its_shard_run_again_which_mends_it()
    {
        _photos.ExtractAll(4, without: 3);
        string damaged = _photos.Parts(1, ".bottlenecks").ShouldHaveSingleItem();
        ShardedPhotos.Damage(damaged);

        Should.Throw<TransferLearningException>(() => _photos.Cache.Merge()).Message
            .ShouldContain($"1 of 6 records of '{damaged}' are damaged), so nothing was merged: run them again, --array=1,3");

        _photos.Extract(3, 4);
        Should.Throw<TransferLearningException>(() => _photos.Cache.Merge()).Message.ShouldContain("--array=1 ");
        _photos.Extract(1, 4).Summary.CacheMisses.ShouldBe(1);
        _photos.Cache.Merge().Added.ShouldBe(ShardedPhotos.Count);
        _photos.Cache.Verify().ShouldHaveSingleItem().Damaged.ShouldBe(0);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("shorter")]
    [InlineData("header")]
    [InlineData("completion")]
    public void A_part_that_is_not_what_its_shard_has_left_is_refused_by_name_and_mended_by_the_shard(string what)
    {
        _photos.ExtractAll(2);
        string part = _photos.Parts(0, ".bottlenecks").ShouldHaveSingleItem();
        string record = Path.Combine(_photos.Division, "0.json");
        switch (what)
        {
            case "missing":
                File.Delete(part);
                break;
            case "shorter":
                File.WriteAllBytes(part, File.ReadAllBytes(part)[..^300]);
                break;
            case "header":
                ShardedPhotos.Damage(part, (int)new FileInfo(part).Length);
                break;
            default:
                File.WriteAllText(record, "{ \"shard\": 0, ");
                break;
        }

        string message = Should.Throw<TransferLearningException>(() => _photos.Cache.Merge()).Message;

        message.ShouldContain(what == "completion" ? record : part);
        message.ShouldContain("--array=0 ");
        Directory.GetFiles(_photos.Cache.Directory).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).ShouldBeEmpty();
        _photos.Extract(0, 2);
        _photos.Cache.Merge().Added.ShouldBe(ShardedPhotos.Count);
    }

    [Fact]
    public void Parts_of_two_divisions_are_refused_with_both_files_and_joined_where_that_is_asked()
    {
        _photos.ExtractAll(2);
        string first = _photos.Division;
        string hidden = _photos.At("hidden");
        Directory.Move(first, hidden);
        _photos.Extract(0, 3);
        string second = _photos.Division;
        Directory.Move(hidden, first);

        string message = Should.Throw<TransferLearningException>(() => _photos.Cache.Merge()).Message;

        message.ShouldContain("is divided into 3 shards, not 2");
        message.ShouldContain(Path.Combine(first, "division.json"));
        message.ShouldContain(Path.Combine(second, "division.json"));
        Directory.GetFiles(_photos.Cache.Directory).ShouldBeEmpty();
        BottleneckCacheMerge merge = _photos.Cache.Merge(MissingShards.Accept);
        (merge.Shards, merge.Added).ShouldBe((3, ShardedPhotos.Count));
        merge.Missing.ShouldBe([1, 2]);
        Directory.Exists(_photos.At("cache/shards")).ShouldBeFalse();
    }

    [Fact]
    public void Parts_of_another_version_are_refused()
    {
        _photos.Extract(0, 2);
        string division = Path.Combine(_photos.Division, "division.json");
        string older = Path.Combine(_photos.At("cache/shards"), "2-0123456789abcdef");
        CopyFolder(_photos.Division, older);
        string path = Path.Combine(older, "division.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"library\":\"", "\"library\":\"0.0.", StringComparison.Ordinal));

        string merge = Should.Throw<TransferLearningException>(() => _photos.Cache.Merge()).Message;
        string shard = Should.Throw<TransferLearningException>(() => _photos.Extract(1, 2)).Message;

        merge.ShouldContain(path);
        merge.ShouldContain(division);
        merge.ShouldContain("was made by version ");
        shard.ShouldContain($"'{path}' was made by version 0.0.");
    }

    [Fact]
    public void A_damaged_division_is_written_anew_by_any_shard()
    {
        _photos.ExtractAll(2);
        string path = Path.Combine(_photos.Division, "division.json");
        File.WriteAllText(path, "");

        Should.Throw<TransferLearningException>(() => _photos.Cache.Merge()).Message.ShouldContain($"'{path}'");

        _photos.Extract(1, 2);
        _photos.Cache.Merge().Shards.ShouldBe(2);
    }

    [Fact]
    public void A_damaged_file_of_the_cache_is_refused_and_kept()
    {
        _photos.Whole(_photos.Cache);
        string file = _photos.Cache.Describe().ShouldHaveSingleItem().Path;
        ShardedPhotos.Damage(file, (int)new FileInfo(file).Length);
        byte[] content = File.ReadAllBytes(file);
        _photos.ExtractAll(2);

        Should.Throw<TransferLearningException>(() => _photos.Cache.Merge()).Message.ShouldContain($"'{file}'");

        File.ReadAllBytes(file).ShouldBe(content);
        Directory.GetFiles(_photos.Cache.Directory, "*.new").ShouldBeEmpty();
        File.Delete(file);
        _photos.Cache.Merge().Added.ShouldBe(ShardedPhotos.Count);
    }

    [Fact]
    public void A_canceled_merge_changes_nothing()
    {
        _photos.ExtractAll(2);

        Should.Throw<OperationCanceledException>(() => _photos.Cache.Merge(cancellationToken: new CancellationToken(canceled: true)));

        Directory.GetFiles(_photos.Cache.Directory).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).ShouldBeEmpty();
        _photos.Cache.Merge().Added.ShouldBe(ShardedPhotos.Count);
    }

    [Fact]
    public void Clearing_the_cache_removes_parts_and_leaves_other_files()
    {
        _photos.ExtractAll(2);
        string mine = Path.Combine(_photos.Division, "notes.txt");
        File.WriteAllText(mine, "mine");

        _photos.Cache.Clear().ShouldBeGreaterThan(ShardedPhotos.Count * 1152);

        Directory.GetFiles(_photos.Cache.Directory, "*", SearchOption.AllDirectories).ShouldBe([mine]);
        _photos.Cache.DescribeShards().ShouldBeEmpty();
        _photos.Cache.Merge().Shards.ShouldBe(0);
    }

    /// <summary>The records of a file in the order of their bytes: the order in which processes store them differs.</summary>
    private static string[] RecordsOf(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        int size = 36 + BitConverter.ToInt32(content, 20);
        return [.. content.Skip(128).Chunk(size).Select(Convert.ToHexString).Order(StringComparer.Ordinal)];
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
