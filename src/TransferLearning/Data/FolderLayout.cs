using System.Collections.Immutable;

namespace TransferLearning.Data;

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
            throw new TransferLearningException($"'{listing.Root}' is empty: expected a folder a class with images in it, or a manifest (path,label)");
        }

        string start = SkipWrappers(listing);
        List<(ListedFile File, string[] Parts)> entries =
            [.. listing.Files.Where(f => f.RelativePath.StartsWith(start, StringComparison.Ordinal)).Select(f => (f, f.RelativePath[start.Length..].Split('/')))];
        bool hasClassFolders = entries.Any(e => e.Parts.Length > 1 && ImageFileNames.IsImage(e.File.Name));
        if (!hasClassFolders && entries.Where(e => ImageFileNames.IsManifest(e.File.Name)).ToList() is [var manifest])
        {
            return Manifest.Read(manifest.File, listing, start);
        }

        var findings = new List<DatasetFinding>(listing.Findings);
        bool hasSubsets = HasSubsetFolders(entries.Select(e => e.Parts));
        var images = new List<LabeledImage>();
        foreach ((ListedFile file, string[] parts) in entries)
        {
            string path = listing.DisplayPath(file.RelativePath);
            int labelAt = hasSubsets ? 1 : 0;
            DatasetSubset subset = hasSubsets ? DatasetSubsetNames.Parse(parts[0]) ?? DatasetSubset.Unspecified : DatasetSubset.Unspecified;
            bool outside = hasSubsets && subset == DatasetSubset.Unspecified;
            if (!ImageFileNames.IsImage(file.Name))
            {
                findings.Add(new DatasetFinding(path, $"not an image file ({ImageFileNames.Described}): left out"));
            }
            else if (outside || (hasClassFolders && parts.Length <= labelAt + 1))
            {
                findings.Add(new DatasetFinding(path, "an image outside the class folders: left out"));
            }
            else
            {
                images.Add(new LabeledImage(path, hasClassFolders ? parts[labelAt] : null, file.Source).WithSubset(subset));
            }
        }

        return images.Count > 0
            ? new ImageDataset(listing.Root, [.. images], [.. findings])
            : throw new TransferLearningException($"'{listing.Root}' holds no images: expected files named {ImageFileNames.Described} in a folder a class");
    }

    /// <summary>
    /// Archives often hold everything in one outer folder: goes down as long as the only folder has image folders of its own.
    /// </summary>
    private static string SkipWrappers(FileListing listing)
    {
        string start = "";
        while (true)
        {
            string[][] inside = [.. listing.Files.Where(f => f.RelativePath.StartsWith(start, StringComparison.Ordinal)).Select(f => f.RelativePath[start.Length..].Split('/'))];
            string[] folders = [.. inside.Where(p => p.Length > 1).Select(p => p[0]).Distinct()];
            bool hasImagesHere = inside.Any(p => p.Length == 1 && (ImageFileNames.IsImage(p[0]) || ImageFileNames.IsManifest(p[0])));
            bool hasDeeper = inside.Any(p => p.Length > 2 && ImageFileNames.IsImage(p[^1]))
                || inside.Any(p => p.Length == 2 && ImageFileNames.IsManifest(p[^1]));
            bool onlyDeeper = !inside.Any(p => p.Length == 2 && ImageFileNames.IsImage(p[^1])) || inside.Any(p => p.Length == 2 && ImageFileNames.IsManifest(p[^1]));
            if (folders.Length != 1 || hasImagesHere || !hasDeeper || !onlyDeeper) return start;
            start += folders[0] + "/";
        }
    }

    /// <summary>
    /// A folder <c>train</c> with class folders, and one for validation or test beside it. Without class folders it is a class itself.
    /// </summary>
    private static bool HasSubsetFolders(IEnumerable<string[]> entries)
    {
        ImmutableHashSet<DatasetSubset> found =
        [
            .. entries.Where(p => p.Length > 2 && ImageFileNames.IsImage(p[^1]))
                .Select(p => DatasetSubsetNames.Parse(p[0]) ?? DatasetSubset.Unspecified),
        ];
        return found.Contains(DatasetSubset.Train) && (found.Contains(DatasetSubset.Validation) || found.Contains(DatasetSubset.Test));
    }
}
