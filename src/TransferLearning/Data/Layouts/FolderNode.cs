using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;

namespace TransferLearning.Data.Layouts;

/// <summary>A folder of a listing, with what is in it. Changes only while the tree is built.</summary>
/// <param name="name">The folder's name; empty for the root.</param>
/// <param name="path">The folder's path with a slash at its end; empty for the root.</param>
internal sealed class FolderNode(string name, string path)
{
    private readonly List<FolderNode> _folders = [];
    private readonly List<int> _images = [];
    private readonly List<int> _manifests = [];
    private readonly List<int> _lists = [];

    public string Name { get; } = name;

    public string Path { get; } = path;

    /// <summary>The name in Unicode's composed form: macOS decomposes names that other systems compose.</summary>
    public string Label { get; } = UnicodeText.Compose(name);

    /// <summary>All folders in it, in ordinal order.</summary>
    public IReadOnlyList<FolderNode> Folders => _folders;

    /// <summary>The folders in it that have images somewhere.</summary>
    public IReadOnlyList<FolderNode> ImageFolders => field ??= [.. _folders.Where(f => f.ImagesBelow > 0)];

    /// <summary>The images in it, by their indices in the listing.</summary>
    public IReadOnlyList<int> Images => _images;

    /// <summary>The tables in it, by their indices in the listing.</summary>
    public IReadOnlyList<int> Manifests => _manifests;

    /// <summary>The text files in it, by their indices in the listing.</summary>
    public IReadOnlyList<int> Lists => _lists;

    /// <summary>The number of images in it and below.</summary>
    public int ImagesBelow { get; private set; }

    /// <summary>Whether there are images in it, but none further below.</summary>
    public bool IsFlat => ImagesBelow > 0 && ImagesBelow == _images.Count;

    /// <summary>Whether all its images are further below.</summary>
    public bool IsNested => ImagesBelow > 0 && _images.Count == 0;

    /// <summary>Builds the tree of a listing.</summary>
    /// <param name="listing">The files, in ordinal order, so that those of a folder follow each other.</param>
    /// <param name="kinds">[Files]: what each file is.</param>
    public static FolderNode Build(FileListing listing, ReadOnlySpan<FileKind> kinds)
    {
        var root = new FolderNode("", "");
        var open = new List<FolderNode> { root };
        for (int i = 0; i < kinds.Length; i++)
        {
            string path = listing.Files[i].RelativePath;
            while (!path.StartsWith(open[^1].Path, StringComparison.Ordinal))
            {
                open.RemoveAt(open.Count - 1);
            }

            for (int slash = path.IndexOf('/', open[^1].Path.Length); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                var folder = new FolderNode(path[open[^1].Path.Length..slash], path[..(slash + 1)]);
                open[^1]._folders.Add(folder);
                open.Add(folder);
            }

            open[^1].Add(i, kinds[i], open);
        }

        return root;
    }

    /// <summary>The nodes of this folder and of all below it.</summary>
    public IEnumerable<FolderNode> All() => _folders.SelectMany(f => f.All()).Prepend(this);

    /// <summary>The indices of all images in it and below.</summary>
    public IEnumerable<int> AllImages() => _images.Concat(_folders.SelectMany(f => f.AllImages()));

    public override string ToString() => Path;

    private void Add(int index, FileKind kind, List<FolderNode> open)
    {
        switch (kind)
        {
            case FileKind.Image:
                _images.Add(index);
                open.ForEach(f => f.ImagesBelow++);
                break;
            case FileKind.Manifest:
                _manifests.Add(index);
                break;
            case FileKind.List:
                _lists.Add(index);
                break;
            case FileKind.OtherImage or FileKind.Other:
                break;
            default:
                throw new InvalidOperationException($"unknown kind of file {kind}");
        }
    }
}
