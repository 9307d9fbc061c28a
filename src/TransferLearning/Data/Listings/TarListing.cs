using System.Formats.Tar;
using Microsoft.Win32.SafeHandles;
using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Listings;

/// <summary>Lists a .tar archive; its entries are read in place.</summary>
internal static class TarListing
{
    private const int BlockSize = 512;

    public static FileListing List(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return List(path, stream, File.OpenHandle(path, options: FileOptions.RandomAccess));
    }

    /// <summary>A compressed archive has no random access: it is unpacked once, to a file that is deleted with its last handle.</summary>
    public static FileListing ListCompressed(string path)
    {
        (SafeFileHandle handle, FileStream stream) = UnpackedArchive.Create(path);
        using (stream)
        {
            return List(path, stream, handle);
        }
    }

    // The entries share the handle. Its finalizer closes it when no entry is referenced any more.
    private static FileListing List(string path, FileStream stream, SafeFileHandle handle)
    {
        RequireEnd(stream);
        string fullPath = Path.GetFullPath(path);
        long modified = File.GetLastWriteTimeUtc(fullPath).Ticks;
        var files = new Dictionary<string, ListedFile>(StringComparer.Ordinal);
        var ignored = new List<string>();
        var places = new Dictionary<string, (long Offset, long Length)>(StringComparer.Ordinal);
        using var reader = new TarReader(stream, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (Place(entry, places) is not { } place)
            {
                continue;
            }

            places[entry.Name] = place;
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (name.Split('/').Any(DatasetFileNames.IsIgnored))
            {
                ignored.Add(name);
                continue;
            }

            files[name] = new ListedFile(name, new TarEntrySource(handle, $"{fullPath}|{name}", place.Offset, place.Length, modified));
        }

        return new FileListing(path, files.Values, ignored);
    }

    // Neither the tar nor the gzip reader reports a file that is cut short between two entries.
    private static void RequireEnd(FileStream stream)
    {
        byte[] end = new byte[2 * BlockSize];
        if (stream.Length >= end.Length)
        {
            stream.Position = stream.Length - end.Length;
            stream.ReadExactly(end);
            stream.Position = 0;
            if (!end.AsSpan().ContainsAnyExcept((byte)0))
            {
                return;
            }
        }

        throw new InvalidDataException("it is cut short: the two empty blocks that end a tar archive are missing");
    }

    private static (long Offset, long Length)? Place(TarEntry entry, Dictionary<string, (long Offset, long Length)> earlier) =>
        entry.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => (entry.DataOffset, entry.Length),
            TarEntryType.HardLink when earlier.TryGetValue(entry.LinkName, out (long Offset, long Length) linked) => linked,
            _ => null,
        };
}
