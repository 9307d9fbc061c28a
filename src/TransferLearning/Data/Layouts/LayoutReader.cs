using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Manifests;

namespace TransferLearning.Data.Layouts;

/// <summary>
/// Decides how a listing is read: what its folders say, what its manifests say, and which of the two is meant. Serves one reading.
/// </summary>
internal sealed class LayoutReader
{
    private readonly FileListing _listing;
    private readonly ImageDatasetOptions _options;
    private readonly FileKinds _kinds;
    private readonly FileKind[] _kindOf;
    private readonly FolderNode _root;
    private readonly ManifestSearch _manifests;
    private readonly ImageSelection _selection;

    private LayoutReader(FileListing listing, ImageDatasetOptions options)
    {
        (_listing, _options, _kinds) = (listing, options, new FileKinds(options.Formats));
        _kindOf = [.. listing.Files.Select(_kinds.Of)];
        _root = FolderNode.Build(listing, _kindOf);
        _manifests = new ManifestSearch(listing, _root, options);
        _selection = new ImageSelection(listing, _kindOf, options);
    }

    private bool HasGivenParts => _options.Train.Count + _options.Validation.Count + _options.Test.Count > 0;

    /// <summary>Reads a folder or archive.</summary>
    /// <exception cref="TransferLearningException">It has no images, or two readings are possible.</exception>
    public static UnderstoodData Read(FileListing listing, ImageDatasetOptions options)
    {
        if (listing.Files.Count == 0)
        {
            throw new TransferLearningException(
                $"'{listing.Root}' is empty: expected one folder per class with images in it, or a manifest (path,label)");
        }

        return new LayoutReader(listing, options).Read();
    }

    /// <summary>Reads a manifest that is a file.</summary>
    public static UnderstoodData ReadManifest(string path, ImageDatasetOptions options)
    {
        ManifestImages manifest = Manifest.Read(path, new FileKinds(options.Formats), options);
        bool isLabeled = manifest.Images.Any(i => i.Label is not null);
        ClassNames.RequireOneSpelling(path, manifest.Images);
        return UnderstoodData.Of(
            path,
            isLabeled ? DatasetLayoutKind.Manifest : DatasetLayoutKind.Images,
            [],
            manifest.Images,
            manifest.Findings,
            [],
            isLabeled || manifest.Columns.Names.Length < 2 ? [] : [manifest.NoLabels]);
    }

    private UnderstoodData Read()
    {
        RequireImages();
        if (_options.Layout == DatasetLayoutChoice.Images)
        {
            return Images();
        }

        if (HasGivenParts)
        {
            return GivenParts();
        }

        FolderReading folders = FolderDecision.Decide(_root, isForced: _options.Layout != DatasetLayoutChoice.Automatic);
        return _options.Layout switch
        {
            DatasetLayoutChoice.Folders => FromFolders(folders),
            DatasetLayoutChoice.Manifest => FromManifests(folders, _manifests.Outermost())
                ?? (folders.HasLabels ? null : FromPartManifests(folders))
                ?? throw new TransferLearningException(NoManifest()),
            DatasetLayoutChoice.Automatic => Automatic(folders),
            DatasetLayoutChoice.Images => throw new InvalidOperationException("images without labels were read before"),
            _ => throw new InvalidOperationException($"unknown layout {_options.Layout}"),
        };
    }

    private UnderstoodData Automatic(FolderReading folders)
    {
        List<(ManifestImages Manifest, DatasetSubset Subset)> manifests = _manifests.Outermost();
        if (manifests.Count > 0 && (!folders.HasLabels || folders.Ambiguity is not null || IsMeant(manifests, folders)))
        {
            return FromManifests(folders, manifests)!;
        }

        if (folders.Ambiguity is { } ambiguity)
        {
            throw new TransferLearningException($"'{_listing.Root}' can be read in two ways: {ambiguity}");
        }

        return FromPartManifests(folders) ?? FromFolders(folders);
    }

    /// <summary>
    /// Whether manifests beside class folders are meant: where they say the same and have a division or groups. Where they say something
    /// else, there are two readings.
    /// </summary>
    private bool IsMeant(List<(ManifestImages Manifest, DatasetSubset Subset)> manifests, FolderReading folders)
    {
        var byFolder = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (FolderPart part in folders.Parts.Where(p => p.Label is not null))
        {
            foreach (int index in part.Folder.AllImages())
            {
                byFolder[_listing.Files[index].RelativePath] = part.Label!;
            }
        }

        (string Folder, string Manifest)[] pairs =
        [
            .. manifests.SelectMany(m => m.Manifest.Files.Zip(m.Manifest.Images))
                .Where(p => p.Second.Label is not null && byFolder.ContainsKey(p.First))
                .Select(p => (byFolder[p.First], p.Second.Label!)).Distinct(),
        ];
        int labels = pairs.Select(p => p.Manifest).Distinct(StringComparer.Ordinal).Count();
        if (labels < 2)
        {
            return false;
        }

        // Numbers or identifiers in place of names are the same classes.
        bool isSame = pairs.Length == labels && pairs.Select(p => p.Folder).Distinct(StringComparer.Ordinal).Count() == labels;
        if (!isSame)
        {
            throw new TransferLearningException(
                $"'{_listing.Root}' can be read in two ways: its folders say the classes ({string.Join(", ", pairs.Select(p => p.Folder)
                    .Distinct().Take(5))}), which --layout folders chooses, or '{manifests[0].Manifest.Path}' does "
                + $"({string.Join(", ", pairs.Select(p => p.Manifest).Distinct().Take(5))}), which --layout manifest chooses "
                + "(Layout of ImageDatasetOptions)");
        }

        bool isDivided = manifests.Count > 1
            || manifests[0].Manifest.Images.Any(i => i.Group is not null || i.Subset != DatasetSubset.Unspecified);
        return isDivided && manifests.Sum(m => m.Manifest.Files.Distinct().Count()) >= byFolder.Count;
    }

    private UnderstoodData Images()
    {
        _selection.Place([new FolderPart(_root, null, DatasetSubset.Unspecified)]);
        return _selection.Finish(DatasetLayoutKind.Images, [], []);
    }

    private UnderstoodData FromFolders(FolderReading folders)
    {
        _selection.LeaveOut(folders.Repeated);
        _selection.Place(folders.Parts);
        _selection.Warn(folders.Warnings);
        if (!folders.HasLabels)
        {
            _selection.Warn(_manifests.Problems);
        }

        return _selection.Finish(folders.Kind, Sources(folders), []);
    }

    /// <summary>Parts without class folders, labeled by a manifest in each; null where there is none.</summary>
    private UnderstoodData? FromPartManifests(FolderReading folders)
    {
        var named = new List<LabeledImage>();
        var labeled = new List<FolderPart>();
        var sources = new List<string>();
        foreach (FolderPart part in folders.Parts.Where(p => p.Label is null))
        {
            if (_manifests.InPart(part.Folder) is { } manifest)
            {
                labeled.Add(part);
                sources.Add(RelativePath(manifest));
                named.AddRange(_selection.Take(manifest, part.Subset));
            }
        }

        if (labeled.Count == 0)
        {
            return null;
        }

        _selection.Place(folders.Parts.Except(labeled));
        _selection.Warn(folders.Warnings);
        DatasetLayoutKind kind = folders.HasLabels ? folders.Kind
            : sources.Count > 1 ? DatasetLayoutKind.DividedManifests
            : DatasetLayoutKind.Manifest;
        return _selection.Finish(kind, [.. Sources(folders), .. sources], named);
    }

    /// <summary>Outermost manifests; null where there is none.</summary>
    private UnderstoodData? FromManifests(
        FolderReading folders, List<(ManifestImages Manifest, DatasetSubset Subset)> manifests)
    {
        if (manifests.Count == 0)
        {
            return null;
        }

        // Where a manifest names the images of several parts, their folders divide them.
        var subsets = new Dictionary<string, DatasetSubset>(StringComparer.Ordinal);
        foreach (FolderPart part in folders.Parts)
        {
            foreach (int index in part.Folder.AllImages())
            {
                subsets[_listing.Files[index].RelativePath] = part.Subset;
            }
        }

        var named = new List<LabeledImage>();
        foreach ((ManifestImages manifest, DatasetSubset subset) in manifests)
        {
            named.AddRange(_selection.Take(manifest, subset, subsets));
        }

        _selection.Place(folders.Parts.Where(p => p.Subset == DatasetSubset.Test && !folders.HasLabels));
        return _selection.Finish(
            manifests.Count > 1 ? DatasetLayoutKind.DividedManifests : DatasetLayoutKind.Manifest,
            manifests.Select(m => RelativePath(m.Manifest)),
            named);
    }

    private UnderstoodData GivenParts()
    {
        (string Name, DatasetSubset Subset)[] given =
        [
            .. _options.Train.Select(n => (n, DatasetSubset.Train)),
            .. _options.Validation.Select(n => (n, DatasetSubset.Validation)),
            .. _options.Test.Select(n => (n, DatasetSubset.Test)),
        ];
        var folders = new List<FolderPart>();
        var named = new List<LabeledImage>();
        var sources = new List<string>();
        foreach ((string name, DatasetSubset subset) in given)
        {
            switch (Locate(name))
            {
                case FolderNode folder when !FolderDecision.OfParts([Part(folder, subset)]).HasLabels
                    && _manifests.InPart(folder) is { } inside:
                    named.AddRange(_selection.Take(inside, subset));
                    sources.Add(RelativePath(inside));
                    break;
                case FolderNode folder:
                    folders.Add(Part(folder, subset));
                    break;
                case ListedFile file:
                    ManifestImages manifest = _manifests.Require(file);
                    named.AddRange(_selection.Take(manifest, subset));
                    sources.Add(RelativePath(manifest));
                    break;
                default:
                    throw new InvalidOperationException($"'{name}' is neither a folder nor a file");
            }
        }

        FolderReading reading = FolderDecision.OfParts(folders);
        _selection.Place(reading.Parts);
        DatasetLayoutKind kind = folders.Count > 0 || sources.Count == 0 ? reading.Kind
            : sources.Count > 1 ? DatasetLayoutKind.DividedManifests
            : DatasetLayoutKind.Manifest;
        return _selection.Finish(kind, [.. folders.Select(f => f.Folder.Path.TrimEnd('/')), .. sources], named);
    }

    private static FolderPart Part(FolderNode folder, DatasetSubset subset) => new(folder, null, subset, folder);

    /// <summary>The folder or file that a part was given as, in the data set or in the folder that wraps it.</summary>
    private object Locate(string name)
    {
        string path = name.Replace('\\', '/').Trim('/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        foreach (string prefix in new[] { "", FolderDecision.Unwrap(_root).Path })
        {
            if (_root.All().FirstOrDefault(f => f.Path == $"{prefix}{path}/" && f.ImagesBelow > 0) is { } folder)
            {
                return folder;
            }

            if (_listing.Files.FirstOrDefault(f => f.RelativePath == prefix + path && !_kinds.Formats.MatchesName(f.Name)) is { } file)
            {
                return file;
            }
        }

        IEnumerable<string> known = _root.All().Where(f => f.ImagesBelow > 0 && f.Path.Length > 0).Select(f => f.Path.TrimEnd('/'));
        throw new TransferLearningException(
            $"'{_listing.Root}' has no folder with images and no manifest '{name}': it has {string.Join(", ", known.Take(12))}");
    }

    private static IEnumerable<string> Sources(FolderReading folders) =>
        folders.Kind == DatasetLayoutKind.DividedFolders ? folders.Division.Select(d => d.Path.TrimEnd('/')) : [];

    private string RelativePath(ManifestImages manifest) =>
        Path.GetRelativePath(_listing.Root, manifest.Path).Replace(Path.DirectorySeparatorChar, '/');

    private void RequireImages()
    {
        if (_root.ImagesBelow > 0)
        {
            return;
        }

        int other = Array.IndexOf(_kindOf, FileKind.OtherImage);
        throw new TransferLearningException(
            $"'{_listing.Root}' holds no images: expected files named {_options.Formats.DescribedExtensions}, in one folder per class"
            + (other < 0 ? ""
                : $"; it has images in other formats, the first is '{_listing.DisplayPath(_listing.Files[other].RelativePath)}'"));
    }

    private string NoManifest() =>
        $"'{_listing.Root}' has no manifest that labels its images: expected a .csv, .tsv or .jsonl with rows path,label"
        + string.Concat(_manifests.Problems.Take(1).Select(p => $". {p}"));
}
