namespace TransferLearning.Data.Sources;

/// <summary>An image in a file of its own. Immutable.</summary>
internal sealed class FileImageSource(string fullPath) : ImageSource
{
    public override long Length() => new FileInfo(fullPath).Length;

    public override byte[] Read() => File.ReadAllBytes(fullPath);

    public override byte[] ReadStart(int length)
    {
        using FileStream stream = File.OpenRead(fullPath);
        byte[] start = new byte[length];
        return start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
    }

    public override FileStamp? Stamp()
    {
        var file = new FileInfo(fullPath);
        return file.Exists ? new FileStamp(fullPath, file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }
}
