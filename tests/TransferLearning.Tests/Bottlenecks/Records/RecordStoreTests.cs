using System.Runtime.Versioning;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Bottlenecks.Records;

public sealed class RecordStoreTests : IDisposable
{
    private static readonly RecordFormat Format = TestRecords.Format;

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.At("store.records");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Added_records_are_there_when_the_file_is_opened_again()
    {
        Write(0, 100);

        Readable(0, 120).ShouldBe(Enumerable.Range(0, 100));
        new FileInfo(FilePath).Length.ShouldBe(128 + (100 * (32 + 4 + 12)));
    }

    [Fact]
    public void An_incomplete_record_of_any_length_is_cut_when_the_file_is_opened_and_the_others_stay()
    {
        Write(0, 3);
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int length = 128 + (2 * Format.RecordSize); length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);

            Readable(0, 3).ShouldBe([0, 1]);
            new FileInfo(FilePath).Length.ShouldBe(128 + (2 * Format.RecordSize));
            Write(2, 4);
            Readable(0, 4).ShouldBe([0, 1, 2, 3]);
        }
    }

    [Fact]
    public void A_file_with_an_incomplete_header_of_any_length_is_replaced()
    {
        Write(0, 1);
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int length = 0; length < 128; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);

            Readable(0, 1).ShouldBeEmpty();
            Write(0, 2);
            Readable(0, 2).ShouldBe([0, 1]);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_a_record_loses_only_that_record_until_it_is_added_again()
    {
        Write(0, 3);
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int i = 128 + Format.RecordSize; i < 128 + (2 * Format.RecordSize); i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= 0x10;
            File.WriteAllBytes(FilePath, flipped);

            Readable(0, 3).ShouldBe([0, 2]);
            Write(1, 2);
            Readable(0, 3).ShouldBe([0, 1, 2]);
        }
    }

    [Fact]
    public void A_damaged_record_is_counted_and_zeros_are_not_a_record()
    {
        Write(0, 1);
        byte[] whole = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, [.. whole[..^1], (byte)(whole[^1] ^ 1), .. new byte[Format.RecordSize]]);

        using var store = new RecordStore(FilePath, Format, "records");
        store.TryRead(Key(0), new byte[12]).ShouldBeFalse();
        store.TryRead(default, new byte[12]).ShouldBeFalse();
        store.Damaged.ShouldBe(2);
    }

    [Fact]
    public void A_file_with_another_fingerprint_is_replaced_with_a_warning()
    {
        Write(0, 3);
        RecordFormat other = Format with { Fingerprint = ContentKey.Of("other"u8) };

        using (var store = new RecordStore(FilePath, other, "records"))
        {
            store.Warnings.ShouldHaveSingleItem().ShouldContain(FilePath);
            store.TryRead(Key(0), new byte[12]).ShouldBeFalse();
            store.Add(Key(7), Payload(7));
        }

        using var again = new RecordStore(FilePath, other, "records");
        again.Warnings.ShouldBeEmpty();
        again.TryRead(Key(7), new byte[12]).ShouldBeTrue();
    }

    [Fact]
    public void Four_writers_and_a_reader_use_a_file_at_the_same_time()
    {
        Write(0, 10);
        using var reader = new RecordStore(FilePath, Format, "records");
        Parallel.For(0, 4, writer =>
        {
            using var store = new RecordStore(FilePath, Format, "records");
            for (int i = 0; i < 50; i++)
            {
                store.Add(Key((100 * writer) + i), Payload((100 * writer) + i));
                store.Flush();
            }
        });

        reader.TryRead(Key(9), new byte[12]).ShouldBeTrue();
        Readable(0, 400).Count.ShouldBe(200);
    }

    [Fact]
    public void A_file_that_cannot_be_written_causes_a_warning_and_no_exception()
    {
        string file = _folder.Write("occupied");
        using var store = new RecordStore(Path.Combine(file, "store.records"), Format, "records");

        store.Add(Key(0), Payload(0));
        store.Flush();

        store.Warnings.ShouldHaveSingleItem().ShouldContain("not kept");
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void The_records_of_a_read_only_folder_can_be_used()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "an administrator may write everywhere");
        Write(0, 3);
        File.Delete(FilePath + ".lock");
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            using var store = new RecordStore(FilePath, Format, "records");
            store.TryRead(Key(2), new byte[12]).ShouldBeTrue();
            store.Warnings.ShouldBeEmpty();
            store.Add(Key(3), Payload(3));
            store.Flush();
            store.Warnings.ShouldHaveSingleItem().ShouldContain("not kept");
        }
        finally
        {
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [SkippableFact]
    public void A_full_disk_causes_a_warning()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs a device that is always full");
        string link = _folder.At("full.records");
        File.CreateSymbolicLink(link, "/dev/full");
        using var store = new RecordStore(link, Format, "records");

        store.Add(Key(0), Payload(0));
        store.Flush();

        store.Warnings.ShouldNotBeEmpty();
    }

    private void Write(int from, int to) => TestRecords.Write(FilePath, from, to);

    private List<int> Readable(int from, int to) => TestRecords.Readable(FilePath, from, to);

    private static ContentKey Key(int i) => TestRecords.Key(i);

    private static byte[] Payload(int i) => TestRecords.Payload(i);
}
