using TransferLearning.Bottlenecks.Records;
using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Bottlenecks.Records;

public sealed class RecordCompactorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.At("store.records");

    private RecordCompactor Compactor => new(FilePath, TestRecords.Format);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Superseded_and_damaged_records_are_removed_and_the_others_stay_in_their_order()
    {
        TestRecords.Write(FilePath, 0, 6);
        TestRecords.Damage(FilePath, record: 1, at: 40);
        TestRecords.Damage(FilePath, record: 3, at: 0);
        TestRecords.Damage(FilePath, record: 4, at: 33);
        TestRecords.Readable(FilePath, 0, 6).ShouldBe([0, 2, 5]);
        TestRecords.Write(FilePath, 1, 2);

        RecordCompaction done = Compactor.Run();

        done.ShouldBe(new RecordCompaction(Superseded: 1, Damaged: 2, Dropped: 0, FreedBytes: 3 * TestRecords.Format.RecordSize));
        TestRecords.CountIn(FilePath).ShouldBe(4);
        TestRecords.Readable(FilePath, 0, 6).ShouldBe([0, 1, 2, 5]);
        Directory.GetFiles(_folder.Path, "*.new").ShouldBeEmpty();
    }

    [Fact]
    public void A_file_without_waste_is_not_written()
    {
        TestRecords.Write(FilePath, 0, 6);
        byte[] before = File.ReadAllBytes(FilePath);

        Compactor.Run().ShouldBe(default);

        File.ReadAllBytes(FilePath).ShouldBe(before);
    }

    [Fact]
    public void The_caller_chooses_among_the_records_oldest_first()
    {
        TestRecords.Write(FilePath, 0, 6);

        Compactor.Run(keys => keys.Skip(4).ToHashSet()).Dropped.ShouldBe(4);

        TestRecords.Readable(FilePath, 0, 6).ShouldBe([4, 5]);
    }

    [Fact]
    public void The_time_of_the_last_use_stays()
    {
        TestRecords.Write(FilePath, 0, 6);
        var used = new DateTime(2025, 3, 4, 5, 6, 7, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(FilePath, used);

        Compactor.Run(keys => keys.Skip(1).ToHashSet());

        File.GetLastWriteTimeUtc(FilePath).ShouldBe(used);
    }

    [Fact]
    public void Canceling_leaves_the_old_file()
    {
        TestRecords.Write(FilePath, 0, 6);
        byte[] before = File.ReadAllBytes(FilePath);
        using var cancel = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => Compactor.Run(CancelAndDropAll, cancel.Token));

        File.ReadAllBytes(FilePath).ShouldBe(before);
        Directory.GetFiles(_folder.Path, "*.new").ShouldBeEmpty();

        IReadOnlySet<ContentKey> CancelAndDropAll(IReadOnlyList<ContentKey> keys)
        {
            cancel.Cancel();
            return keys.Skip(1).ToHashSet();
        }
    }

    [SkippableFact]
    public void A_full_disk_leaves_the_old_file()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs a device that is always full");
        TestRecords.Write(FilePath, 0, 6);
        byte[] before = File.ReadAllBytes(FilePath);
        File.CreateSymbolicLink(FilePath + ".new", "/dev/full");

        Should.Throw<IOException>(() => Compactor.Run(keys => keys.Skip(1).ToHashSet()));

        File.ReadAllBytes(FilePath).ShouldBe(before);
        Directory.GetFiles(_folder.Path, "*.new").ShouldBeEmpty();
    }

    [Fact]
    public void What_a_killed_compaction_has_left_is_removed_when_the_file_is_opened_next_unless_its_writer_lives()
    {
        TestRecords.Write(FilePath, 0, 6);
        string leftover = _folder.Write("store.records.new", "half");
        using (new RecordAppender(FilePath, TestRecords.Format).Lock())
        {
            TestRecords.Readable(FilePath, 0, 6).Count.ShouldBe(6);
            File.Exists(leftover).ShouldBeTrue();
        }

        TestRecords.Readable(FilePath, 0, 6).Count.ShouldBe(6);
        File.Exists(leftover).ShouldBeFalse();
    }
}
