using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Manifests;

namespace TransferLearning.Data.Layouts;

/// <summary>
/// Reads classes and subsets off the folders of a listing: a folder a class; or <c>train</c> beside <c>val</c>, <c>validation</c> or
/// <c>test</c>, each with a folder a class; or a manifest among images; or images without labels.
/// </summary>
internal static class FolderLayout
{
    public static ImageDataset Interpret(FileListing listing)
    {
        if (listing.Files.Count == 0)
        {
            throw new TransferLearningException(
                $"'{listing.Root}' is empty: expected a folder a class with images in it, or a manifest (path,label)");
        }

        string start = WrapperFolders(listing);
        Entry[] entries = [.. EntriesBelow(listing, start)];
        string[] topFolders = [.. entries.Where(e => e.IsImage && e.Parts.Length > 1).Select(e => e.Parts[0]).Distinct()];
        if (topFolders.Length < 2 && Array.FindAll(entries, e => e.IsManifest && e.Parts.Length == 1) is [var manifest])
        {
            return Manifest.Read(manifest.File, listing, start);
        }

        return FromFolders(listing, entries, hasClassFolders: topFolders.Length > 0);
    }

    private static ImageDataset FromFolders(FileListing listing, Entry[] entries, bool hasClassFolders)
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
                findings.Add(new DatasetFinding(path, $"not an image file ({ImageFileNames.Described}): left out"));
            }
            else if (subset is null || (hasClassFolders && entry.Parts.Length < labelAt + 2))
            {
                findings.Add(new DatasetFinding(path, "an image outside the class folders: left out"));
            }
            else
            {
                string? label = hasClassFolders ? entry.Parts[labelAt] : null;
                images.Add(new LabeledImage(path, label, entry.File.Source).WithSubset(subset.Value));
            }
        }

        return images.Count > 0
            ? new ImageDataset(listing.Root, [.. images], [.. findings])
            : throw new TransferLearningException(
                $"'{listing.Root}' holds no images: expected files named {ImageFileNames.Described}, in a folder a class");
    }

    /// <summary>
    /// The outer folders that archives often wrap everything in: goes down while there is nothing but one folder, and that one is no class
    /// itself.
    /// </summary>
    private static string WrapperFolders(FileListing listing)
    {
        string start = "";
        while (true)
        {
            Entry[] data = [.. EntriesBelow(listing, start).Where(e => e.IsImage || e.IsManifest)];
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
    /// Is there a <c>train</c> with class folders, and one for validation or test beside it? Without class folders it is a class itself.
    /// </summary>
    private static bool HasSubsetFolders(Entry[] entries)
    {
        IEnumerable<Entry> inClassFolders = entries.Where(e => e.IsImage && e.Parts.Length > 2);
        HashSet<DatasetSubset?> found = [.. inClassFolders.Select(e => DatasetSubsetNames.Parse(e.Parts[0]))];
        return found.Contains(DatasetSubset.Train) && (found.Contains(DatasetSubset.Validation) || found.Contains(DatasetSubset.Test));
    }

    private static IEnumerable<Entry> EntriesBelow(FileListing listing, string start) =>
        listing.Files.Where(f => f.RelativePath.StartsWith(start, StringComparison.Ordinal))
            .Select(f => new Entry(f, f.RelativePath[start.Length..].Split('/')));

    private sealed record Entry(ListedFile File, string[] Parts)
    {
        public bool IsImage { get; } = ImageFileNames.IsImage(File.RelativePath);

        public bool IsManifest { get; } = ImageFileNames.IsManifest(File.RelativePath);
    }
}
