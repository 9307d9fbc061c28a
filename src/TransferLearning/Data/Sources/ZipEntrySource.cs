using System.IO.Compression;

namespace TransferLearning.Data.Sources;

/// <summary>An image in a .zip archive. Immutable.</summary>
internal sealed class ZipEntrySource(ZipReaders readers, int index, string name, long length) : ImageSource
{
    // The highest compression ratio of Deflate, which bounds the memory that a small entry can claim.
    private const long MaxCompressionRatio = 1032;

    public override long Length() => length;

    public override byte[] Read() => readers.Use(zip =>
    {
        ZipArchiveEntry entry = zip.Entries[index];
        if (length > (entry.CompressedLength + 1) * MaxCompressionRatio)
        {
            throw new InvalidDataException(
                $"the archive says that '{name}' has {length} bytes, but {entry.CompressedLength} compressed bytes cannot hold them");
        }

        using Stream stream = entry.Open();
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
