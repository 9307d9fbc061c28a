using System.Collections.Immutable;
using TransferLearning.Data.Layouts;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Manifests;

namespace TransferLearning.Data;

public sealed partial class ImageDataset
{
    private static readonly byte[] ZipMagic = "PK\x03\x04"u8.ToArray();
    private static readonly byte[] GzipMagic = [0x1f, 0x8b];

    /// <summary>
    /// Opens whatever the path names: a folder, a manifest (CSV or TSV), an archive (.zip, .tar, .tar.gz), or a single image.
    /// </summary>
    /// <param name="path">The folder or file.</param>
    /// <exception cref="TransferLearningException">There is nothing at the path, no permission to read it, or no image in it.</exception>
    public static ImageDataset Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return FromFolder(path);
        }

        if (!File.Exists(path))
        {
            throw new TransferLearningException(
                $"'{path}' does not exist (looked for '{Path.GetFullPath(path)}'): expected a folder with a folder a class, "
                + "a manifest (.csv, .tsv), or an archive (.zip, .tar, .tar.gz)");
        }

        byte[] start = Reading(path, () => ReadStart(path));
        if (IsArchive(start))
        {
            return FromArchive(path);
        }

        return ImageFileNames.IsImage(path) ? FromFiles([path]) : FromManifest(path);
    }

    /// <summary>
    /// Opens a folder with a folder a class, or with <c>train</c> beside <c>val</c>, <c>validation</c> or <c>test</c>, each with a
    /// folder a class
    /// (then every image knows its <see cref="LabeledImage.Subset"/>). Deeper folders belong to the class they are in. Images in no
    /// folder at
    /// all have no label. Files that are no images become <see cref="Findings"/>; hidden files are ignored.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="TransferLearningException">The folder does not exist, may not be read, or holds no image.</exception>
    public static ImageDataset FromFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Directory.Exists(path)
            ? Reading(path, () => FolderLayout.Interpret(FolderListing.List(path)))
            : throw new TransferLearningException(File.Exists(path)
                ? $"'{path}' is a file: expected a folder with a folder a class"
                : $"the folder '{path}' does not exist (looked for '{Path.GetFullPath(path)}')");
    }

    /// <summary>
    /// Opens a CSV or TSV file with a row an image: <c>path,label[,group[,split]]</c>, or a header row naming its columns <c>path</c>,
    /// <c>label</c>,
    /// <c>group</c>, <c>split</c> in any order, with others in <see cref="LabeledImage.Columns"/>. Paths are relative to the file.
    /// </summary>
    /// <param name="path">The manifest, UTF-8; cells may be quoted.</param>
    /// <exception cref="TransferLearningException">The file is not there, is no manifest, or none of the images that it names is
    /// there.</exception>
    public static ImageDataset FromManifest(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Reading(path, () => Manifest.Read(path));
    }

    /// <summary>
    /// Opens a .zip, .tar or .tar.gz archive of a folder or of a manifest with its images. The content decides, not the name.
    /// </summary>
    /// <param name="path">The archive. A .tar.gz is unpacked into a temporary file that goes away by itself.</param>
    /// <exception cref="TransferLearningException">The file is not there, is no such archive, or holds no image.</exception>
    public static ImageDataset FromArchive(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Reading(path, () =>
        {
            byte[] start = ReadStart(path);
            return FolderLayout.Interpret(
                start.AsSpan().StartsWith(ZipMagic) ? ZipListing.List(path)
                : start.AsSpan().StartsWith(GzipMagic) ? TarListing.ListCompressed(path)
                : IsArchive(start) ? TarListing.List(path)
                : throw new TransferLearningException($"'{path}' is not an archive: expected .zip, .tar or .tar.gz"));
        });
    }

    /// <summary>A data set of image files without labels, in the order given. The files are not looked at.</summary>
    /// <param name="paths">The files.</param>
    public static ImageDataset FromFiles(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return FromImages(paths.Select(p => LabeledImage.FromFile(p)));
    }

    /// <summary>A data set of images in memory or in files, in the order given.</summary>
    /// <param name="images">The images.</param>
    /// <exception cref="TransferLearningException">There are none.</exception>
    public static ImageDataset FromImages(IEnumerable<LabeledImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        ImmutableArray<LabeledImage> all = [.. images];
        return all.Length > 0
            ? new ImageDataset(all.Length == 1 ? all[0].Path : $"{all.Length} images", all, [])
            : throw new TransferLearningException("the list of images is empty: give at least one");
    }

    private static byte[] ReadStart(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[512];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read];
    }

    private static bool IsArchive(ReadOnlySpan<byte> start) =>
        start.StartsWith(ZipMagic) || start.StartsWith(GzipMagic) || (start.Length >= 262 && start[257..262].SequenceEqual("ustar"u8));

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new TransferLearningException($"there is no permission to read '{path}': {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new TransferLearningException($"the archive '{path}' is damaged: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new TransferLearningException($"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
