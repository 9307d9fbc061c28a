namespace TransferLearning.Data.Sources;

/// <summary>An image in a file of its own. Immutable.</summary>
/// <param name="path">
/// The path by which messages name the file. A relative one is relative to <paramref name="folder"/>: images of a large data set have no
/// second text for the full path.
/// </param>
/// <param name="folder">The full path of the folder that was current when the path was given.</param>
internal sealed class FileImageSource(string path, string folder) : ImageSource
{
    public override string? Path => path;

    private string FullPath => System.IO.Path.GetFullPath(path, folder);

    public override long Length() => new FileInfo(FullPath).Length;

    public override byte[] Read() => File.ReadAllBytes(FullPath);

    public override byte[] ReadStart(int length)
    {
        using FileStream stream = File.OpenRead(FullPath);
        byte[] start = new byte[length];
        return start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
    }

    public override FileStamp? Stamp()
    {
        var file = new FileInfo(FullPath);
        return file.Exists ? new FileStamp(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }
}
