using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Manifests;

/// <summary>
/// Finds the images that a manifest names: at the path given, else by their names among the images below, so that names without folder,
/// without extension, in another letter case or with the folders of another machine are found too. Serves one manifest.
/// </summary>
internal sealed class ImageLookup
{
    // A manifest may lie in a home folder: the search must end.
    private const int MaxDepth = 5;
    private const int MaxFiles = 2_000_000;

    private readonly Func<string, ListedFile?> _exact;
    private readonly Lazy<ILookup<string, (string Path, ListedFile File)>> _byStem;
    private readonly string _folderName;
    private readonly DatasetSubset? _subset;
    private readonly Dictionary<string, ListedFile?> _known = new(StringComparer.Ordinal);

    private ImageLookup(
        Func<string, ListedFile?> exact,
        Func<IEnumerable<(string Path, ListedFile File)>> all,
        string folderName,
        DatasetSubset? subset,
        Func<string, string> describe)
    {
        (_exact, _folderName, _subset, Describe) = (exact, folderName, subset, describe);
        _byStem = new(() => all().ToLookup(f => Stem(f.Path[(f.Path.LastIndexOf('/') + 1)..])));
    }

    /// <summary>Where a name was looked for, for messages.</summary>
    public Func<string, string> Describe { get; }

    /// <summary>The images beside a manifest that is a file.</summary>
    public static ImageLookup Beside(string manifest, FileKinds kinds)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        return new ImageLookup(
            name => FileAt(FullPath(name)) is { } file && File.Exists(file.RelativePath) ? file : null,
            AllBelow,
            Path.GetFileName(folder),
            DatasetSubsetNames.Parse(Path.GetFileNameWithoutExtension(manifest)),
            FullPath);

        string FullPath(string name) => Path.GetFullPath(name.Replace('\\', Path.DirectorySeparatorChar), folder);

        IEnumerable<(string Path, ListedFile File)> AllBelow() => Directory
            .EnumerateFiles(folder, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = MaxDepth,
                IgnoreInaccessible = true,
                AttributesToSkip = 0,
            })
            .Take(MaxFiles)
            .Where(kinds.Formats.MatchesName)
            .Order(StringComparer.Ordinal)
            .Select(f => (Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'), FileAt(f)))
            .Where(f => !f.Item1.Split('/').Any(DatasetFileNames.IsIgnored));

        static ListedFile FileAt(string full) => new(full, new FileImageSource(full, Path.GetPathRoot(full)!));
    }

    /// <summary>The images beside a manifest of a folder or archive.</summary>
    /// <param name="listing">The folder or archive.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="images">The images of the listing.</param>
    /// <param name="files">All files of the listing, by their paths.</param>
    public static ImageLookup In(
        FileListing listing, ListedFile manifest, IEnumerable<ListedFile> images, IReadOnlyDictionary<string, ListedFile> files)
    {
        string prefix = manifest.RelativePath[..^manifest.Name.Length];
        return new ImageLookup(
            name => files.GetValueOrDefault(prefix + Inside(name)),
            () => images.Select(f => (f.RelativePath, f))
                .OrderByDescending(f => f.RelativePath.StartsWith(prefix, StringComparison.Ordinal)),
            prefix.Length == 0 ? "" : Path.GetFileName(prefix.TrimEnd('/')),
            DatasetSubsetNames.Parse(Path.GetFileNameWithoutExtension(manifest.Name)),
            name => listing.DisplayPath(prefix + Inside(name)));
    }

    public bool Contains(string name) => Find(name) is not null;

    /// <summary>Whether there is a file at the path itself.</summary>
    public bool HasFile(string name) => name.Length > 0 && !name.Contains('\0') && _exact(name) is not null;

    /// <summary>The image of a name; null if there is none, or several that the name does not tell apart.</summary>
    public ListedFile? Find(string name)
    {
        if (name.Length == 0 || name.Contains('\0'))
        {
            return null;
        }

        if (!_known.TryGetValue(name, out ListedFile? file))
        {
            file = _exact(name) ?? Search(Fold(Inside(name)).Split('/', StringSplitOptions.RemoveEmptyEntries), Path.IsPathRooted(name));
            _known.Add(name, file);
        }

        return file;
    }

    private ListedFile? Search(string[] wanted, bool isRooted)
    {
        if (wanted.Length == 0)
        {
            return null;
        }

        (string Path, ListedFile File)[] byName =
        [
            .. Candidates(wanted[^1]).Where(c => IsSame(wanted[^1], c.Path[(c.Path.LastIndexOf('/') + 1)..])
                && FoldersAgree(wanted, Fold(c.Path).Split('/'), isRooted)),
        ];
        if (byName.Length > 1 && _subset is { } subset)
        {
            byName = Preferred(byName, c => c.Path.Split('/').SkipLast(1).Any(f => DatasetSubsetNames.Parse(f) == subset));
        }

        int nearest = byName.Length == 0 ? 0 : byName.Min(c => c.Path.Count(l => l == '/'));
        byName = Preferred(byName, c => c.Path.Count(l => l == '/') == nearest);
        return byName is [var only] ? only.File : null;
    }

    // "b.1" may be a whole name without its extension, or a name with one.
    private IEnumerable<(string Path, ListedFile File)> Candidates(string name) =>
        _byStem.Value[name].Concat(_byStem.Value[Stem(name)]).DistinctBy(c => c.Path);

    private static bool IsSame(string wanted, string name) => Fold(name) == wanted || Stem(name) == wanted;

    /// <summary>
    /// Whether one path is the end of the other: images are often below <c>images/</c>, and manifests often have the folders of another
    /// machine. A relative path must keep a folder, unless that is the manifest's own.
    /// </summary>
    private bool FoldersAgree(string[] wanted, string[] path, bool isRooted)
    {
        int common = Math.Min(wanted.Length, path.Length) - 1;
        for (int i = 1; i <= common; i++)
        {
            if (wanted[^(i + 1)] != path[^(i + 1)])
            {
                return false;
            }
        }

        return path.Length >= wanted.Length || common > 0 || isRooted || wanted[^2] == Fold(_folderName);
    }

    private static (string Path, ListedFile File)[] Preferred(
        (string Path, ListedFile File)[] files, Predicate<(string Path, ListedFile File)> isPreferred)
    {
        (string Path, ListedFile File)[] preferred = Array.FindAll(files, isPreferred);
        return preferred.Length > 0 ? preferred : files;
    }

    private static string Inside(string name)
    {
        string inside = name.Replace('\\', '/');
        return inside.StartsWith("./", StringComparison.Ordinal) ? inside[2..] : inside;
    }

    private static string Stem(string name)
    {
        int dot = name.LastIndexOf('.');
        return Fold(dot > 0 ? name[..dot] : name);
    }

    private static string Fold(string text) => UnicodeText.Compose(text).ToLowerInvariant();
}
