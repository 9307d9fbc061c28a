using System.IO.Compression;
using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Listings;

/// <summary>Lists a .zip archive; its entries are read in place.</summary>
internal static class ZipListing
{
    public static FileListing List(string path)
    {
        var archive = new ZipReaders(path);
        return archive.Use(zip => new FileListing(path, zip.Entries
            .Select((entry, index) => (entry, index))
            .Where(e => e.entry.Name.Length > 0 && !e.entry.FullName.Split('/', '\\').Any(DatasetFileNames.IsIgnored))
            .Select(e => new ListedFile(
                e.entry.FullName.Replace('\\', '/'), new ZipEntrySource(archive, e.index, e.entry.FullName, e.entry.Length)))
            .DistinctBy(f => f.RelativePath)));
    }
}
