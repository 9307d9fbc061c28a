using System.Runtime.Versioning;
using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;
using TransferLearning.Tests.Bottlenecks.Records;

namespace TransferLearning.Tests.Bottlenecks.Caching;

/// <summary>Damage, waste and leftovers in the folder of a cache.</summary>
public sealed class CacheMaintenanceTests : IDisposable
{
    private const int RecordSize = 32 + 4 + (4 * 32);

    private readonly TemporaryFolder _folder = new();

    private BottleneckCache Cache => new(_folder.At("cache"));

    private string Features => Directory.GetFiles(Cache.Directory, "*.bottlenecks").ShouldHaveSingleItem();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(34)]
    [InlineData(60)]
    public void A_damaged_record_is_reported_once_wherever_it_is_damaged(int at)
    {
        Fill(0, 4);
        Damage(record: 2, at);

        BottleneckCacheFile found = Cache.Verify().ShouldHaveSingleItem();
        BottleneckCacheFile again = Cache.Verify().ShouldHaveSingleItem();

        (found.Images, found.Damaged, found.WasteBytes).ShouldBe((4, 1, RecordSize));
        (again.Images, again.Damaged, again.WasteBytes).ShouldBe((3, 0, 0));
        Found(0, 4).ShouldBe([0, 1, 3]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void A_damaged_record_that_was_computed_again_is_not_reported_once_more(int at)
    {
        Fill(0, 4);
        Damage(record: 2, at);
        Fill(2, 3);

        BottleneckCacheFile file = Cache.Verify().ShouldHaveSingleItem();

        // A damaged key is that of another image, which nobody has.
        (file.Superseded, file.Damaged).ShouldBe(at < 32 ? (0, 1) : (1, 0));
        Cache.Verify().ShouldHaveSingleItem().Damaged.ShouldBe(0);
        Found(0, 4).ShouldBe([0, 1, 2, 3]);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_without_write_permission_is_only_reported_on()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "an administrator may write everywhere");
        Fill(0, 4);
        Damage(record: 2, 60);
        File.SetUnixFileMode(Cache.Directory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Cache.Verify().ShouldHaveSingleItem().Damaged.ShouldBe(1);
            Cache.Verify().ShouldHaveSingleItem().Damaged.ShouldBe(1);
        }
        finally
        {
            File.SetUnixFileMode(Cache.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Thumbnails_and_the_index_of_files_are_described_verified_and_compacted_too()
    {
        Fill(0, 4);
        string thumbnails = _folder.At("cache/images.thumbnails");
        byte[] bytes = File.ReadAllBytes(thumbnails);
        bytes[^1] ^= 1;
        File.WriteAllBytes(thumbnails, bytes);
        Cache.DescribeShared().Select(f => (f.Contents, f.Records, f.Damaged))
            .ShouldBe([("thumbnails", 4, null), ("image files", 4, null)]);

        Cache.VerifyShared().Select(f => (f.Records, f.Damaged)).ShouldBe([(4, 1), (4, 0)]);
        Cache.VerifyShared().Select(f => (f.Records, f.Damaged)).ShouldBe([(3, 0), (4, 0)]);
    }

    [Fact]
    public void Compacting_frees_what_is_not_used_any_more_and_describing_says_how_much_before()
    {
        Fill(0, 4);
        Damage(record: 1, 60);
        Fill(1, 2);
        Damage(record: 3, 60);
        BottleneckCacheFile before = Cache.Describe().ShouldHaveSingleItem();
        (before.Images, before.Superseded, before.WasteBytes, before.Damaged).ShouldBe((4, 1, RecordSize, null));

        BottleneckCacheCompaction done = Cache.Compact();

        (done.Superseded, done.Damaged, done.FreedBytes, done.Evictions.Count).ShouldBe((1, 1, 2 * RecordSize, 0));
        BottleneckCacheFile after = Cache.Describe().ShouldHaveSingleItem();
        (after.Images, after.Superseded, after.Bytes).ShouldBe((3, 0, 128 + (3 * RecordSize)));
        after.LastUsed.ShouldBe(before.LastUsed);
        Cache.Compact().FreedBytes.ShouldBe(0);
    }

    [Fact]
    public void A_path_that_is_a_file_is_refused_by_name()
    {
        var cache = new BottleneckCache(_folder.Write("a-file"));

        foreach (Action action in (Action[])
            [
                () => cache.Describe(), () => cache.Verify(), () => cache.DescribeShared(), () => cache.Compact(), () => cache.Clear(),
            ])
        {
            string message = Should.Throw<TransferLearningException>(action).Message;
            message.ShouldContain(cache.Directory);
            message.ShouldContain("is a file");
        }
    }

    [Fact]
    public void The_next_run_removes_what_killed_processes_have_left_and_nothing_else()
    {
        Fill(0, 1);
        string[] leftovers =
        [
            _folder.Write("cache/other.bottlenecks.new"),
            _folder.Write($"{Features}.new"),
            _folder.Write("cache/images.thumbnails.new"),
            _folder.Write("cache/0123.normalization.new"),
            _folder.Write("cache/0123.normalization.abc.tmp"),
        ];
        File.SetLastWriteTimeUtc(leftovers[^1], DateTime.UtcNow.AddHours(-2));
        string fresh = _folder.Write("cache/4567.normalization.def.tmp"), stranger = _folder.Write("cache/letter.new");

        Fill(1, 2);

        leftovers.Where(File.Exists).ShouldBeEmpty();
        File.Exists(fresh).ShouldBeTrue("an earlier version may be writing it");
        File.Exists(stranger).ShouldBeTrue();
    }

    private void Fill(int from, int to)
    {
        using var store = new BottleneckStore(Cache, TinyBackbone.Value, TimeProvider.System);
        var thumbnail = ImageThumbnail.Of(ImageFormats.BuiltIn.Decode(DrawnImages.Disc(1, 1).File));
        for (int i = from; i < to; i++)
        {
            store.Add(TestRecords.Key(i), Features32(i));
            store.Add(TestRecords.Key(i), thumbnail);
            store.Add(new FileStamp($"{i}.jpg", i, i), TestRecords.Key(i));
        }
    }

    private int[] Found(int from, int to)
    {
        using var store = new BottleneckStore(Cache, TinyBackbone.Value, TimeProvider.System);
        float[] features = new float[TinyBackbone.Value.FeatureSize];
        return [.. Enumerable.Range(from, to - from).Where(i => store.TryRead(TestRecords.Key(i), features) && features[0] == i)];
    }

    private static float[] Features32(int value)
    {
        float[] features = new float[TinyBackbone.Value.FeatureSize];
        Array.Fill(features, value);
        return features;
    }

    private void Damage(int record, int at)
    {
        byte[] bytes = File.ReadAllBytes(Features);
        bytes[128 + (record * RecordSize) + at] ^= 0x10;
        File.WriteAllBytes(Features, bytes);
    }
}
