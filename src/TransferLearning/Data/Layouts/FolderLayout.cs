using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Manifests;
using TransferLearning.Imaging;

namespace TransferLearning.Data.Layouts;

/// <summary>
/// Derives classes and subsets from the folders of a listing: one folder per class; or <c>train</c> beside <c>val</c>, <c>validation</c> or
/// <c>test</c>, each with one folder per class; or a manifest among images; or images without labels.
/// </summary>
internal static class FolderLayout
{
    public static ListedImages Interpret(FileListing listing, ImageFormats formats)
    {
        if (listing.Files.Count == 0)
        {
            throw new TransferLearningException(
                $"'{listing.Root}' is empty: expected one folder per class with images in it, or a manifest (path,label)");
        }

        string start = WrapperFolders(listing, formats);
        Entry[] entries = [.. EntriesBelow(listing, start, formats)];
        string[] topFolders = [.. entries.Where(e => e.IsImage && e.Parts.Length > 1).Select(e => e.Parts[0]).Distinct()];
        if (topFolders.Length < 2 && Array.FindAll(entries, e => e.IsManifest && e.Parts.Length == 1) is [var manifest])
        {
            return Manifest.Read(manifest.File, listing, start, formats);
        }

        return FromFolders(listing, entries, topFolders.Length > 0, formats);
    }

    private static ListedImages FromFolders(FileListing listing, Entry[] entries, bool hasClassFolders, ImageFormats formats)
    {
        bool hasSubsets = HasSubsetFolders(entries);
        int labelAt = hasSubsets ? 1 : 0;
        var images = new List<LabeledImage>();
        var findings = new List<DatasetFinding>(listing.Findings);
        foreach (Entry entry in entries)
        {
            string path = listing.DisplayPath(entry.File.RelativePath);
            DatasetSubset? subset = hasSubsets ? DatasetSubsetNames.Parse(entry.Parts[0]) : DatasetSubset.Unspecified;
            if (!entry.IsImage)
            {
                findings.Add(new DatasetFinding(path, $"not an image file ({formats.DescribedExtensions}): left out"));
            }
            else if (subset is null || (hasClassFolders && entry.Parts.Length < labelAt + 2))
            {
                findings.Add(new DatasetFinding(path, "an image outside the class folders: left out"));
            }
            else
            {
                string? label = hasClassFolders ? entry.Parts[labelAt] : null;
                images.Add(new LabeledImage(path, label, entry.File.Source, formats).WithSubset(subset.Value));
            }
        }

        return images.Count > 0
            ? new ListedImages(listing.Root, [.. images], [.. findings])
            : throw new TransferLearningException(
                $"'{listing.Root}' holds no images: expected files named {formats.DescribedExtensions}, in one folder per class");
    }

    /// <summary>
    /// The outer folders in which archives often wrap everything: descends while a folder holds nothing but one folder that is not itself a
    /// class.
    /// </summary>
    private static string WrapperFolders(FileListing listing, ImageFormats formats)
    {
        string start = "";
        while (true)
        {
            Entry[] data = [.. EntriesBelow(listing, start, formats).Where(e => e.IsImage || e.IsManifest)];
            bool isWrapper = data.Select(e => e.Parts[0]).Distinct().Count() == 1
                && Array.TrueForAll(data, e => e.Parts.Length > 1)
                && (Array.TrueForAll(data, e => e.Parts.Length > 2) || Array.Exists(data, e => e.IsManifest && e.Parts.Length == 2));
            if (!isWrapper)
            {
                return start;
            }

            start += data[0].Parts[0] + "/";
        }
    }

    /// <summary>
    /// Whether there is a folder <c>train</c> with class folders, and one for validation or test beside it. A folder <c>train</c> without
    /// class folders is itself a class.
    /// </summary>
    private static bool HasSubsetFolders(Entry[] entries)
    {
        IEnumerable<Entry> inClassFolders = entries.Where(e => e.IsImage && e.Parts.Length > 2);
        HashSet<DatasetSubset?> found = [.. inClassFolders.Select(e => DatasetSubsetNames.Parse(e.Parts[0]))];
        return found.Contains(DatasetSubset.Train) && (found.Contains(DatasetSubset.Validation) || found.Contains(DatasetSubset.Test));
    }

    private static IEnumerable<Entry> EntriesBelow(FileListing listing, string start, ImageFormats formats) =>
        listing.Files.Where(f => f.RelativePath.StartsWith(start, StringComparison.Ordinal))
            .Select(f => new Entry(f, f.RelativePath[start.Length..].Split('/'), formats.MatchesName(f.RelativePath)));

    private sealed record Entry(ListedFile File, string[] Parts, bool IsImage)
    {
        public bool IsManifest { get; } = DatasetFileNames.IsManifest(File.RelativePath);
    }
}
