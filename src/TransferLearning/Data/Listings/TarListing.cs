using Microsoft.Win32.SafeHandles;
using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Listings;

/// <summary>Lists a .tar archive; its entries are read in place.</summary>
internal static class TarListing
{
    public static FileListing List(string path, ArchiveLimits limits)
    {
        using FileStream stream = File.OpenRead(path);
        var checks = new ArchiveChecks(path, stream.Length, limits);
        return List(path, stream, File.OpenHandle(path, options: FileOptions.RandomAccess), checks);
    }

    /// <summary>A compressed archive has no random access: it is unpacked once, to a file that is deleted with its last handle.</summary>
    public static FileListing ListCompressed(string path, ArchiveLimits limits)
    {
        var packed = new ArchiveChecks(path, new FileInfo(path).Length, limits);
        (SafeFileHandle handle, FileStream stream) = UnpackedArchive.Create(path, Path.GetTempPath(), packed.CheckTotal);
        using (stream)
        {
            return List(path, stream, handle, new ArchiveChecks(path, stream.Length, limits));
        }
    }

    // The entries share the handle. Its finalizer closes it when no entry is referenced any more.
    private static FileListing List(string path, FileStream stream, SafeFileHandle handle, ArchiveChecks checks)
    {
        string fullPath = Path.GetFullPath(path);
        long modified = File.GetLastWriteTimeUtc(fullPath).Ticks;
        var files = new Dictionary<string, ListedFile>(StringComparer.Ordinal);
        var ignored = new List<string>();
        var findings = new List<DatasetFinding>();
        var places = new Dictionary<string, (long Offset, long Length)>(StringComparer.Ordinal);
        long count = 0L;
        foreach (TarEntry entry in TarEntries.Read(stream))
        {
            checks.CheckEntries(++count);
            if (ArchiveEntryName.Normalize(entry.Name) is not { } name)
            {
                findings.Add(ArchiveEntryName.Refuse(path, entry.Name));
                continue;
            }

            if (Place(entry, places) is not { } place)
            {
                continue;
            }

            places[name] = place;
            if (name.Split('/').Any(DatasetFileNames.IsIgnored))
            {
                ignored.Add(name);
                continue;
            }

            ImageSource source = checks.Refuse(place.Length, place.Length) is { } reason
                ? new RefusedEntrySource(reason)
                : new TarEntrySource(handle, $"{fullPath}|{name}", place.Offset, place.Length, modified);
            files[name] = new ListedFile(name, source);
        }

        RequireEnd(stream);
        return new FileListing(path, files.Values, ignored, findings);
    }

    // Neither the entries nor the gzip reader tell of a file that is cut short between two entries.
    private static void RequireEnd(FileStream stream)
    {
        byte[] end = new byte[2 * TarHeader.BlockSize];
        if (stream.Length >= end.Length)
        {
            stream.Position = stream.Length - end.Length;
            stream.ReadExactly(end);
            if (!end.AsSpan().ContainsAnyExcept((byte)0))
            {
                return;
            }
        }

        throw new InvalidDataException("it is cut short: the two empty blocks that end a tar archive are missing");
    }

    private static (long Offset, long Length)? Place(TarEntry entry, Dictionary<string, (long Offset, long Length)> earlier) =>
        entry.Type switch
        {
            '0' => (entry.Offset, entry.Length),
            '1' when ArchiveEntryName.Normalize(entry.LinkName) is { } link && earlier.TryGetValue(link, out (long, long) linked) => linked,
            _ => null,
        };
}
