using System.IO.Compression;
using TransferLearning.Imaging;

namespace TransferLearning.Data.Sources;

/// <summary>An image in a .zip archive. Immutable.</summary>
/// <param name="readers">The archive.</param>
/// <param name="index">The position of the entry.</param>
/// <param name="name">The name of the entry, as it is stored.</param>
/// <param name="length">The length of the unpacked entry, which was compared with the limits.</param>
internal sealed class ZipEntrySource(ZipReaders readers, int index, string name, long length) : ImageSource
{
    public override long Length() => length;

    public override byte[] Read() => readers.Use(zip =>
    {
        using Stream stream = Open(zip);
        byte[] content = new byte[length];
        int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return read == content.Length ? content : throw new InvalidImageException(
            $"the archive says that '{name}' has {length} bytes, but it unpacks to {read}: the archive is damaged");
    });

    public override byte[] ReadStart(int length) => readers.Use(zip =>
    {
        using Stream stream = Open(zip);
        byte[] start = new byte[length];
        return start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
    });

    public override FileStamp? Stamp() => new FileStamp($"{readers.FullPath}|{name}", length, readers.ModifiedTicks);

    private Stream Open(ZipArchive zip)
    {
        try
        {
            return zip.Entries[index].Open();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidImageException(
                $"the entry '{name}' cannot be unpacked ({e.Message}): if the archive is whole, unpack it with the program that made it "
                + "and give the folder, or make it with the method Deflate, which all programs have",
                e);
        }
    }
}
