using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Manifests;
using TransferLearning.Imaging;

namespace TransferLearning.Data.Layouts;

/// <summary>Collects the images that a reading takes from a listing, and names those that it leaves out. Serves one reading.</summary>
/// <param name="listing">The folder or archive.</param>
/// <param name="kinds">[Files]: what each file is.</param>
/// <param name="options">The formats.</param>
internal sealed class ImageSelection(FileListing listing, FileKind[] kinds, ImageDatasetOptions options)
{
    // [Files]: null where the file is left out, or taken by a manifest.
    private readonly LabeledImage?[] _images = new LabeledImage?[kinds.Length];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<int, DatasetFinding> _leftOut = [];
    private readonly List<DatasetFinding> _findings = [.. listing.Findings];
    private readonly List<string> _warnings = [];

    /// <summary>Takes the images of folders.</summary>
    public void Place(IEnumerable<FolderPart> parts)
    {
        var reading = new ImageReading(options.Formats, options.Limits);
        foreach (FolderPart part in parts)
        {
            foreach (int index in part.Folder.AllImages())
            {
                ListedFile file = listing.Files[index];
                _images[index] = new LabeledImage(listing.DisplayPath(file), part.Label, file.Source, reading).WithSubset(part.Subset);
                _leftOut.Remove(index);
            }
        }
    }

    /// <summary>
    /// The images of a manifest, each with a subset: that of its row, else that of the manifest, else that of its folder.
    /// </summary>
    public IEnumerable<LabeledImage> Take(
        ManifestImages manifest, DatasetSubset subset, Dictionary<string, DatasetSubset>? ofFolders = null)
    {
        _findings.AddRange(manifest.Findings);
        _taken.UnionWith(manifest.Files);
        _taken.UnionWith(manifest.Dropped);
        return manifest.Images.Zip(manifest.Files, (image, file) => image.WithSubset(
            image.Subset != DatasetSubset.Unspecified ? image.Subset
            : subset != DatasetSubset.Unspecified ? subset
            : ofFolders?.GetValueOrDefault(file) ?? DatasetSubset.Unspecified));
    }

    /// <summary>The result: the images that were placed, and what was left out.</summary>
    /// <param name="kind">The kind of layout.</param>
    /// <param name="sources">The folders and manifests that decided.</param>
    /// <param name="named">The images that manifests name, which come first.</param>
    public UnderstoodData Finish(DatasetLayoutKind kind, IEnumerable<string> sources, List<LabeledImage> named)
    {
        List<LabeledImage> images = named;
        string known = options.Formats.DescribedExtensions;
        bool hasManifest = named.Count > 0;
        HashSet<string> manifests = [.. sources];
        for (int i = 0; i < _images.Length; i++)
        {
            string relative = listing.Files[i].RelativePath;
            if (_taken.Contains(relative))
            {
                continue;
            }

            if (_images[i] is { } image)
            {
                images.Add(image);
            }
            else if (kinds[i] == FileKind.Image)
            {
                _findings.Add(_leftOut.GetValueOrDefault(i) ?? Finding(
                    i,
                    hasManifest ? "an image that no manifest names: left out" : "an image outside the class folders: left out",
                    DatasetFindingKind.OutsideLayout));
            }
            else if (!manifests.Contains(relative))
            {
                _findings.Add(kinds[i] == FileKind.OtherImage
                    ? Finding(
                        i,
                        $"an image in another format than {known}: left out{ImageFormats.Hint(listing.Files[i].Name)}",
                        DatasetFindingKind.OtherFormat)
                    : Finding(i, $"not an image file ({known}): left out", DatasetFindingKind.NotAnImage));
            }
        }

        if (images.Count == 0)
        {
            throw new TransferLearningException($"'{listing.Root}' holds no images in the folders or manifests that were given");
        }

        ClassNames.RequireOneSpelling(listing.Root, images);
        return UnderstoodData.Of(
            listing.Root, kind, sources, images, _findings, [.. listing.Ignored.Select(listing.DisplayPath)], _warnings);
    }

    /// <summary>Leaves out the images of folders that repeat others.</summary>
    public void LeaveOut(IEnumerable<FolderNode> repeated)
    {
        foreach (int index in repeated.SelectMany(r => r.AllImages()))
        {
            _leftOut[index] = Finding(
                index, "an image in a folder that repeats the class folders beside it: left out", DatasetFindingKind.Repeated);
        }
    }

    public void Warn(IEnumerable<string> warnings) => _warnings.AddRange(warnings);

    private DatasetFinding Finding(int index, string message, DatasetFindingKind kind) =>
        new(listing.DisplayPath(listing.Files[index].RelativePath), message) { Kind = kind };
}
