using TransferLearning.Bottlenecks.Records;
using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Bottlenecks.Records;

/// <summary>Numbered records of 12 bytes in a file.</summary>
internal static class TestRecords
{
    public static RecordFormat Format { get; } = new("TESTFILE", 2, 12, 12, ContentKey.Of("maker"u8), "a test");

    public static RecordStore Open(string path) => new(path, Format, "records");

    public static void Write(string path, int from, int to)
    {
        using RecordStore store = Open(path);
        Add(store, from, to);
    }

    public static void Add(RecordStore store, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            store.Add(Key(i), Payload(i));
        }
    }

    /// <summary>The numbers of the records that can be read back as they were written.</summary>
    public static List<int> Readable(RecordStore store, int from, int to)
    {
        byte[] payload = new byte[12];
        return [.. Enumerable.Range(from, to - from)
            .Where(i => store.TryRead(Key(i), payload) && payload.AsSpan().SequenceEqual(Payload(i)))];
    }

    public static List<int> Readable(string path, int from, int to)
    {
        using RecordStore store = Open(path);
        return Readable(store, from, to);
    }

    /// <summary>The number of records in a file, with those of the same key.</summary>
    public static int CountIn(string path) => Format.RecordsIn(new FileInfo(path).Length);

    /// <summary>Changes a byte of a record: of its key at 0, of its payload from 36.</summary>
    public static void Damage(string path, int record, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[Format.RecordAt(record) + at] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }

    public static ContentKey Key(int i) => ContentKey.Of(BitConverter.GetBytes(i));

    public static byte[] Payload(int i) => [.. BitConverter.GetBytes(i), .. BitConverter.GetBytes(i * 31), .. BitConverter.GetBytes(-i)];
}
