using System.IO.Compression;
using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Listings;

/// <summary>Lists a .zip archive; its entries are read in place.</summary>
internal static class ZipListing
{
    private const string Encrypted = "it is protected by a password: unpack the archive with the password, and give the folder";

    public static FileListing List(string path, ArchiveLimits limits)
    {
        var archive = new ZipReaders(path);
        var checks = new ArchiveChecks(path, new FileInfo(path).Length, limits);
        return archive.Use(zip => List(path, archive, zip, checks));
    }

    private static FileListing List(string path, ZipReaders archive, ZipArchive zip, ArchiveChecks checks)
    {
        checks.CheckEntries(zip.Entries.Count);
        var files = new Dictionary<string, ListedFile>(StringComparer.Ordinal);
        var ignored = new List<string>();
        var findings = new List<DatasetFinding>();
        long total = 0L;
        foreach ((int index, ZipArchiveEntry entry) in zip.Entries.Index())
        {
            if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\'))
            {
                continue;
            }

            if (ArchiveEntryName.Normalize(entry.FullName) is not { } name)
            {
                findings.Add(ArchiveEntryName.Refuse(path, entry.FullName));
                continue;
            }

            if (name.Split('/').Any(DatasetFileNames.IsIgnored))
            {
                ignored.Add(name);
                continue;
            }

            string? reason = entry.IsEncrypted ? Encrypted : checks.Refuse(entry.Length, entry.CompressedLength);
            total += reason is null ? entry.Length : 0;
            files.TryAdd(name, new ListedFile(name, reason is null
                ? new ZipEntrySource(archive, index, entry.FullName, entry.Length)
                : new RefusedEntrySource(reason)));
        }

        checks.CheckTotal(total);
        return new FileListing(path, files.Values, ignored, findings);
    }
}
