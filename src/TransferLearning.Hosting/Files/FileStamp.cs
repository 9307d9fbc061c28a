namespace TransferLearning.Hosting.Files;

/// <summary>
/// What tells one content of a file from another without reading it: its length, when it was written, and when it was created, which moving
/// another file to its place changes even where that has the same length and time.
/// </summary>
/// <param name="Length">In bytes.</param>
/// <param name="Written">When the file was last written.</param>
/// <param name="Created">When the file was created, where the file system knows.</param>
internal readonly record struct FileStamp(long Length, DateTime Written, DateTime Created)
{
    /// <summary>The stamp of the file that a path leads to, through links; null where there is none, or it cannot be looked at.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            // In the mounted volumes of containers, a file is a link, and an update changes where it leads.
            var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
