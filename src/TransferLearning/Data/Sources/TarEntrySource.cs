using Microsoft.Win32.SafeHandles;

namespace TransferLearning.Data.Sources;

/// <summary>An image in a .tar archive. Immutable.</summary>
internal sealed class TarEntrySource(SafeFileHandle archive, string stampPath, long offset, long length, long modifiedTicks) : ImageSource
{
    public override long Length() => length;

    public override byte[] Read() => ReadStart(length);

    public override byte[] ReadStart(int count) => ReadStart(Math.Min(count, length));

    private byte[] ReadStart(long count)
    {
        byte[] content = new byte[count];
        int read = 0;
        while (read < content.Length)
        {
            int now = RandomAccess.Read(archive, content.AsSpan(read), offset + read);
            if (now == 0)
            {
                throw new EndOfStreamException($"the archive ends within '{stampPath}'");
            }

            read += now;
        }

        return content;
    }

    public override FileStamp? Stamp() => new FileStamp(stampPath, length, modifiedTicks);
}
