using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Manifests;

namespace TransferLearning.Data.Layouts;

/// <summary>Finds the manifests of a listing that label its images. Serves one reading.</summary>
internal sealed class ManifestSearch(FileListing listing, FolderNode root, ImageDatasetOptions options)
{
    // A folder with more tables has one for each image, such as boxes: these are no manifests.
    private const int MaxTables = 20;

    private readonly Dictionary<int, ManifestImages?> _known = [];
    private readonly List<string> _problems = [];

    private readonly Lazy<Dictionary<string, ListedFile>> _files =
        new(() => listing.Files.ToDictionary(f => f.RelativePath, StringComparer.Ordinal));

    private readonly Lazy<ListedFile[]> _images = new(() => [.. root.AllImages().Order().Select(i => listing.Files[i])]);

    /// <summary>Why tables that were looked at are no manifests of these images, or have no labels; each a sentence.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The manifests with labels in the outermost folders, down to the one with the data.</summary>
    /// <exception cref="TransferLearningException">Several that are no division, and do not say the same.</exception>
    public List<(ManifestImages Manifest, DatasetSubset Subset)> Outermost()
    {
        var tables = new List<int>(root.Manifests);
        for (FolderNode node = root; node.Images.Count == 0 && node.ImageFolders is [var only]; node = only)
        {
            tables.AddRange(only.Manifests);
        }

        return Choose(Read(tables));
    }

    /// <summary>The manifest with labels in a part without class folders; null if there is none.</summary>
    public ManifestImages? InPart(FolderNode part)
    {
        FolderNode[] nodes = [.. new[] { part, FolderDecision.Inner(part) }.Distinct()];
        ManifestImages[] found = [.. Read([.. nodes.SelectMany(n => n.Manifests)])];
        found = found.Length > 0 ? found : [.. Read([.. nodes.SelectMany(n => n.Lists)])];
        return found.MaxBy(m => m.Images.Count);
    }

    /// <summary>Reads a manifest that the user names.</summary>
    public ManifestImages Require(ListedFile file) => Read(file);

    private IEnumerable<ManifestImages> Read(List<int> tables)
    {
        if (tables.Count is 0 or > MaxTables)
        {
            yield break;
        }

        foreach (int index in tables)
        {
            if (listing.Files[index].Name.Contains("submission", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (TryRead(index) is { } manifest)
            {
                yield return manifest;
            }
        }
    }

    /// <summary>Null for a file that is no manifest of these images, or has no labels.</summary>
    private ManifestImages? TryRead(int index)
    {
        if (_known.TryGetValue(index, out ManifestImages? known))
        {
            return known;
        }

        try
        {
            known = Read(listing.Files[index]);
            if (known.Images.All(i => i.Label is null))
            {
                _problems.Add(known.NoLabels);
                known = null;
            }
        }
        catch (TransferLearningException e)
        {
            _problems.Add(e.Message);
        }

        _known.Add(index, known);
        return known;
    }

    private ManifestImages Read(ListedFile file)
    {
        string path = listing.DisplayPath(file.RelativePath);
        var table = ManifestTable.Read(path, file.Source.Read());
        return Manifest.Read(
            table, ImageLookup.In(listing, file, _images.Value, _files.Value), f => listing.DisplayPath(f.RelativePath), options);
    }

    private List<(ManifestImages Manifest, DatasetSubset Subset)> Choose(IEnumerable<ManifestImages> read)
    {
        ManifestImages[] found = [.. read.OrderByDescending(m => m.Files.Distinct().Count())];
        if (found.Length < 2)
        {
            return [.. found.Select(m => (m, DatasetSubset.Unspecified))];
        }

        DatasetSubset?[] subsets = Array.ConvertAll(found, m =>
            DatasetSubsetNames.Read(Path.GetFileNameWithoutExtension(m.Path))?.Subset);
        if (Array.TrueForAll(subsets, s => s is not null) && subsets.Distinct().Count() > 1)
        {
            return [.. found.Zip(subsets, (m, s) => (m, s!.Value))];
        }

        // One with more columns, or a part of another, says the same.
        var labels = found[0].Files.Zip(found[0].Images)
            .DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second.Label, StringComparer.Ordinal);
        ManifestImages? other = found.Skip(1).FirstOrDefault(m => m.Files.Zip(m.Images)
            .Any(p => !labels.TryGetValue(p.First, out string? label) || label != p.Second.Label));
        return other is null ? [(found[0], DatasetSubset.Unspecified)] : throw new TransferLearningException(
            $"'{listing.Root}' has several manifests that label its images: {string.Join(", ", found.Select(m => $"'{m.Path}'"))}. "
            + "Give the one to use in place of the folder, or say with --train, --validation and --test what each is for "
            + "(Train, Validation and Test of ImageDatasetOptions)");
    }
}
