using System.IO.Compression;
using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Listings;

/// <summary>Lists a .zip archive; its entries are read in place.</summary>
internal static class ZipListing
{
    public static FileListing List(string path)
    {
        var archive = new ZipReaders(path);
        return archive.Use(zip =>
        {
            ILookup<bool, (ZipArchiveEntry Entry, int Index)> byIgnored = zip.Entries
                .Select((entry, index) => (Entry: entry, Index: index))
                .Where(e => e.Entry.Name.Length > 0)
                .ToLookup(e => e.Entry.FullName.Split('/', '\\').Any(DatasetFileNames.IsIgnored));
            return new FileListing(
                path,
                byIgnored[false].Select(e => new ListedFile(
                        e.Entry.FullName.Replace('\\', '/'), new ZipEntrySource(archive, e.Index, e.Entry.FullName, e.Entry.Length)))
                    .DistinctBy(f => f.RelativePath),
                [.. byIgnored[true].Select(e => e.Entry.FullName)]);
        });
    }
}
