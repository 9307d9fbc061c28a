using TransferLearning.Bottlenecks.Records;

namespace TransferLearning.Tests.Bottlenecks.Records;

/// <summary>Several stores of one file at the same time, as several processes have them.</summary>
public sealed class RecordSharingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.At("store.records");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_store_finds_what_another_one_has_appended_since(int before)
    {
        TestRecords.Write(FilePath, 0, before);
        using RecordStore first = TestRecords.Open(FilePath);
        TestRecords.Write(FilePath, 10, 15);
        TestRecords.Readable(first, 10, 15).ShouldBeEmpty();

        first.Refresh().ShouldBe(5);
        TestRecords.Readable(first, 0, 20).ShouldBe([.. Enumerable.Range(0, before), 10, 11, 12, 13, 14]);
        first.Refresh().ShouldBe(0);

        TestRecords.Write(FilePath, 15, 17);
        first.Refresh().ShouldBe(2);
        TestRecords.Readable(first, 15, 17).ShouldBe([15, 16]);
    }

    [Fact]
    public void What_a_store_appends_itself_is_not_news()
    {
        using RecordStore store = TestRecords.Open(FilePath);
        TestRecords.Add(store, 0, 5);
        store.Flush();
        store.Refresh().ShouldBe(0);
        TestRecords.Add(store, 5, 9);
        store.Flush();

        store.Refresh().ShouldBe(0);
        TestRecords.Readable(store, 0, 9).ShouldBeEmpty();
    }

    [Fact]
    public void Records_that_another_store_has_appended_are_not_appended_again()
    {
        using RecordStore first = TestRecords.Open(FilePath), second = TestRecords.Open(FilePath);
        TestRecords.Add(first, 0, 10);
        TestRecords.Add(second, 6, 16);

        first.Flush().ShouldBe(new RecordFlush(Found: 0, LeftOut: 0));
        second.Flush().ShouldBe(new RecordFlush(Found: 6, LeftOut: 4));

        TestRecords.CountIn(FilePath).ShouldBe(16);
        TestRecords.Readable(FilePath, 0, 16).Count.ShouldBe(16);
    }

    [Fact]
    public void A_damaged_record_is_appended_again_by_one_of_two_stores()
    {
        TestRecords.Write(FilePath, 0, 3);
        TestRecords.Damage(FilePath, record: 1, at: 40);
        using RecordStore first = TestRecords.Open(FilePath), second = TestRecords.Open(FilePath);
        TestRecords.Readable(first, 0, 3).ShouldBe([0, 2]);
        TestRecords.Add(first, 1, 2);
        TestRecords.Add(second, 1, 2);
        first.Flush();
        second.Flush();

        TestRecords.CountIn(FilePath).ShouldBe(4);
        TestRecords.Readable(FilePath, 0, 3).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void A_store_goes_on_with_a_file_that_was_compacted_meanwhile()
    {
        TestRecords.Write(FilePath, 0, 5);
        TestRecords.Damage(FilePath, record: 0, at: 40);
        using RecordStore store = TestRecords.Open(FilePath);
        new RecordCompactor(FilePath, TestRecords.Format).Run().Damaged.ShouldBe(1);
        TestRecords.Write(FilePath, 20, 30);

        store.Refresh().ShouldBe(10);
        TestRecords.Readable(store, 0, 30).ShouldBe([1, 2, 3, 4, .. Enumerable.Range(20, 10)]);
        TestRecords.Add(store, 40, 42);
        store.Flush();
        TestRecords.Readable(FilePath, 0, 50).ShouldBe([1, 2, 3, 4, .. Enumerable.Range(20, 10), 40, 41]);
    }

    [Fact]
    public void A_file_that_was_cut_or_deleted_meanwhile_is_read_from_its_start()
    {
        TestRecords.Write(FilePath, 0, 2);
        byte[] two = File.ReadAllBytes(FilePath);
        using RecordStore store = TestRecords.Open(FilePath);
        TestRecords.Write(FilePath, 2, 5);
        store.Refresh().ShouldBe(3);

        File.WriteAllBytes(FilePath, two);
        store.Refresh();
        TestRecords.Readable(store, 0, 5).ShouldBe([0, 1]);

        File.Delete(FilePath);
        store.Refresh();
        TestRecords.Readable(store, 0, 5).ShouldBeEmpty();
        TestRecords.Add(store, 7, 9);
        store.Flush();
        TestRecords.Readable(FilePath, 0, 10).ShouldBe([7, 8]);
    }

    [Fact]
    public void Writers_lose_nothing_and_repeat_nothing_beside_a_compaction()
    {
        Parallel.For(0, 5, writer =>
        {
            if (writer == 4)
            {
                for (int i = 0; i < 30; i++)
                {
                    AppendACopy();
                    new RecordCompactor(FilePath, TestRecords.Format).Run();
                }

                return;
            }

            using RecordStore store = TestRecords.Open(FilePath);
            for (int i = 0; i < 100; i++)
            {
                TestRecords.Add(store, i, i + 1);
                store.Flush();
            }
        });

        TestRecords.CountIn(FilePath).ShouldBe(100);
        TestRecords.Readable(FilePath, 0, 100).Count.ShouldBe(100);

        // A file without waste stays as it is: a copy of its first record is waste.
        void AppendACopy()
        {
            using IDisposable? held = new RecordAppender(FilePath, TestRecords.Format).Lock();
            if (File.Exists(FilePath) && TestRecords.CountIn(FilePath) > 0)
            {
                byte[] bytes = File.ReadAllBytes(FilePath);
                ReadOnlySpan<byte> first = bytes.AsSpan(RecordFormat.HeaderSize, TestRecords.Format.RecordSize);
                new RecordAppender(FilePath, TestRecords.Format).Append(first);
            }
        }
    }
}
