using System.IO.Compression;

namespace TransferLearning.Data.Sources;

/// <summary>An image in a .zip archive. Immutable.</summary>
internal sealed class ZipEntrySource(ZipReaders readers, int index, string name, long length) : ImageSource
{
    public override byte[] Read() => readers.Use(zip =>
    {
        using Stream stream = zip.Entries[index].Open();
        byte[] content = new byte[length];
        stream.ReadExactly(content);
        return content;
    });

    public override byte[] ReadStart(int length) => readers.Use(zip =>
    {
        using Stream stream = zip.Entries[index].Open();
        byte[] start = new byte[length];
        return start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
    });

    public override FileStamp? Stamp() => new FileStamp($"{readers.FullPath}|{name}", length, readers.ModifiedTicks);
}
