using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Tests.Bottlenecks.Records;

namespace TransferLearning.Tests.Bottlenecks.Caching;

public sealed class MergedFileTests : IDisposable
{
    // Together more than any buffer between the files.
    private const int PerPart = 9_000;

    private static readonly RecordFormat Format = TestRecords.Format;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Large_files_are_joined_byte_by_byte_and_each_key_once()
    {
        string own = _folder.At("own.records"), first = _folder.At("first.records"), second = _folder.At("second.records");
        Write(own, 0, 5_000);
        Write(first, 4_000, PerPart);
        Write(second, 4_000 + PerPart - 100, PerPart);
        TestRecords.Damage(second, record: 500, at: 40);
        var read = new List<(string, int, int)>();

        using (var file = new MergedFile(own, Format, CancellationToken.None))
        {
            file.Write([first, second], (path, records, damaged) => read.Add((path, records, damaged)));
            file.Commit();
            file.Added.ShouldBe((2 * PerPart) - 1_000 - 100 - 1);
        }

        read.ShouldBe([(first, PerPart, 0), (second, PerPart, 1)]);
        int[] expected = [.. Enumerable.Range(0, 4_000 + (2 * PerPart) - 100).Where(i => i != 4_000 + PerPart - 100 + 500)];
        byte[] content = File.ReadAllBytes(own);
        content.Length.ShouldBe((int)Format.RecordAt(expected.Length));
        content.AsSpan(RecordFormat.HeaderSize).SequenceEqual([.. expected.SelectMany(Record)]).ShouldBeTrue();
    }

    private static void Write(string path, int from, int count) =>
        File.WriteAllBytes(path, [.. Format.NewHeader(), .. Enumerable.Range(from, count).SelectMany(Record)]);

    private static byte[] Record(int number)
    {
        byte[] record = new byte[Format.RecordSize];
        TestRecords.Payload(number).CopyTo(RecordFormat.Payload(record.AsSpan()));
        RecordFormat.Seal(record, TestRecords.Key(number));
        return record;
    }
}
