using System.Collections.Immutable;
using TransferLearning.Data.Images;
using TransferLearning.Data.Layouts;
using TransferLearning.Data.Listings;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Formats;

namespace TransferLearning.Data;

public sealed partial class ImageDataset
{
    private static readonly byte[] ZipMagic = "PK\x03\x04"u8.ToArray();
    private static readonly byte[] EmptyZipMagic = "PK\x05\x06"u8.ToArray();
    private static readonly byte[] GzipMagic = [0x1f, 0x8b];

    /// <summary>
    /// Opens whatever the path names: a folder, a manifest (CSV, TSV or lines of JSON), an archive (.zip, .tar, .tar.gz), or a single
    /// image. <see cref="Layout"/> says what was understood.
    /// </summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="options">The image formats, and how the data is read; null for the defaults.</param>
    /// <exception cref="TransferLearningException">
    /// There is nothing at the path, no permission to read it, or no image in it; or two readings are possible: the message has both, and
    /// the option that chooses.
    /// </exception>
    /// <remarks>
    /// Lists files and reads manifests, but no image: the time is that of listing a folder. A .tar.gz archive is unpacked to a temporary
    /// file.
    /// </remarks>
    /// <example><code>ImageDataset data = ImageDataset.Open("photos/");</code></example>
    public static ImageDataset Open(string path, ImageDatasetOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return FromFolder(path, options);
        }

        if (!File.Exists(path))
        {
            throw new TransferLearningException(
                $"'{path}' does not exist (looked for '{Path.GetFullPath(path)}'): expected a folder with one folder per class, "
                + "a manifest (.csv, .tsv), or an archive (.zip, .tar, .tar.gz)");
        }

        byte[] start = Reading(path, () => ReadStart(path));
        if (IsArchive(start))
        {
            return FromArchive(path, options);
        }

        var kinds = new FileKinds(Options(options).Formats);
        if (!DatasetFileNames.IsManifest(path) && (kinds.Formats.MatchesName(path) || kinds.IsImage(start)))
        {
            return FromFiles([path], options);
        }

        // A name that says a manifest before the first bytes: a row of text may start like another file.
        return DatasetFileNames.IsManifest(path) ? FromManifest(path, options)
            : UnpackAdvice(path, start) is { } advice ? throw new TransferLearningException(advice)
            : Describe(start) is { } what ? throw new TransferLearningException($"'{path}' is {what}: {Expected(kinds)}")
            : start.Contains((byte)0) ? throw new TransferLearningException(NotData(path, "a binary file of an unknown kind", kinds))
            : FromOther(path, options, kinds);
    }

    /// <summary>
    /// Opens a folder with one folder per class; or with folders such as <c>train</c> and <c>val</c>, each with one folder per class, so
    /// that every image knows its <see cref="LabeledImage.Subset"/>; or with a manifest among its images. docs/data.md has all layouts.
    /// Deeper folders belong to the class that they are in. Images that no folder or manifest labels have no label. What is left out
    /// becomes <see cref="Findings"/>; hidden files and those of the system are ignored.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">The image formats, which decide which files are images; null for the defaults.</param>
    /// <exception cref="TransferLearningException">
    /// The folder does not exist, may not be read, or holds no image; or two readings are possible.
    /// </exception>
    public static ImageDataset FromFolder(string path, ImageDatasetOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Directory.Exists(path)
            ? Of(Reading(path, () => LayoutReader.Read(FolderListing.List(path), Options(options))))
            : throw new TransferLearningException(File.Exists(path)
                ? $"'{path}' is a file: expected a folder with one folder per class"
                : $"the folder '{path}' does not exist (looked for '{Path.GetFullPath(path)}')");
    }

    /// <summary>
    /// Opens a CSV or TSV file, or lines of JSON, with one row per image: <c>path,label[,group[,split]]</c>, or a header that names the
    /// columns, with others in <see cref="LabeledImage.Columns"/>. Names of columns are recognized as tools write them; zeros and ones in
    /// one column per class are labels too. Paths are relative to the file; images that are not at their path are looked for below it.
    /// </summary>
    /// <param name="path">The manifest, in UTF-8 or UTF-16; cells may be quoted.</param>
    /// <param name="options">The image formats, which decode the images; a manifest may name files with any extension. Null for the
    /// defaults.</param>
    /// <exception cref="TransferLearningException">
    /// The file does not exist, is not a manifest, or none of the images that it names exists.
    /// </exception>
    public static ImageDataset FromManifest(string path, ImageDatasetOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Of(Reading(path, () => LayoutReader.ReadManifest(path, Options(options))));
    }

    /// <summary>
    /// Opens a .zip, .tar or .tar.gz archive of a folder, or of a manifest with its images. The content decides which, not the name.
    /// Entries beyond the <see cref="ImageDatasetOptions.ArchiveLimits"/>, with a password, or packed by an unknown method are images that
    /// cannot be used.
    /// </summary>
    /// <param name="path">The archive. A .tar.gz is unpacked to a temporary file, which is deleted when it is no longer used.</param>
    /// <param name="options">The image formats, which decide which entries are images; null for the defaults.</param>
    /// <exception cref="TransferLearningException">
    /// The file does not exist, is not such an archive, is beyond the limits, or holds no image.
    /// </exception>
    public static ImageDataset FromArchive(string path, ImageDatasetOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Of(Reading(path, () =>
        {
            byte[] start = ReadStart(path);
            ImageDatasetOptions given = Options(options);
            FileListing listing = IsZip(start) ? ZipListing.List(path, given.ArchiveLimits)
                : start.AsSpan().StartsWith(GzipMagic) ? TarListing.ListCompressed(path, given.ArchiveLimits)
                : IsArchive(start) ? TarListing.List(path, given.ArchiveLimits)
                : throw new TransferLearningException(
                    UnpackAdvice(path, start) ?? $"'{path}' is not an archive: expected .zip, .tar or .tar.gz");
            return LayoutReader.Read(listing, given);
        }));
    }

    /// <summary>A data set of image files without labels, in the order given. The files are not read, and need not exist yet.</summary>
    /// <param name="paths">The files, with any extension.</param>
    /// <param name="options">The image formats, which decode the files; null for the defaults.</param>
    /// <exception cref="TransferLearningException">There are none.</exception>
    public static ImageDataset FromFiles(IEnumerable<string> paths, ImageDatasetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ImageDatasetOptions given = Options(options);
        var reading = new ImageReading(given.Formats, given.Limits);
        return FromImages(paths.Select(p => LabeledImage.FromFile(p).WithReading(reading)));
    }

    /// <summary>A data set of images in memory or in files, in the order given, each with its own formats.</summary>
    /// <param name="images">The images.</param>
    /// <exception cref="TransferLearningException">There are none.</exception>
    public static ImageDataset FromImages(IEnumerable<LabeledImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        ImmutableArray<LabeledImage> all = [.. images];
        return all.Length > 0
            ? Of(UnderstoodData.Of(
                all.Length == 1 ? all[0].Path : $"{all.Length} images", DatasetLayoutKind.Images, [], all, [], [], []))
            : throw new TransferLearningException("the list of images is empty: give at least one");
    }

    private static ImageDataset Of(UnderstoodData data) => new(data);

    private static ImageDatasetOptions Options(ImageDatasetOptions? options) => options ?? new ImageDatasetOptions();

    private static string? Describe(ReadOnlySpan<byte> start) =>
        start.IsEmpty ? "empty"
        : FileSignatures.IsLfsPointer(start) ? "a pointer of Git LFS, not the file itself: run 'git lfs pull'"
        : FileSignatures.Recognize(start) is not { } known ? null
        : known.ImageFormat is { } format ? $"an image in the format {format}"
        : known.Description;

    /// <summary>A text file of any name may be a manifest.</summary>
    private static ImageDataset FromOther(string path, ImageDatasetOptions? options, FileKinds kinds)
    {
        try
        {
            return FromManifest(path, options);
        }
        catch (TransferLearningException e)
        {
            throw new TransferLearningException($"{NotData(path, "a text file", kinds)}. As a manifest: {e.Message}", e);
        }
    }

    private static string NotData(string path, string what, FileKinds kinds) =>
        $"'{path}' is not an image by its name ({kinds.Formats.DescribedExtensions}), and not a manifest: it is {what}; {Expected(kinds)}";

    private static string Expected(FileKinds kinds) =>
        $"expected an image ({kinds.Formats}), a folder, a manifest (.csv, .tsv, .jsonl), or an archive (.zip, .tar, .tar.gz)";

    private static byte[] ReadStart(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[512];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read];
    }

    private static bool IsArchive(ReadOnlySpan<byte> start) =>
        IsZip(start) || start.StartsWith(GzipMagic) || (start.Length >= 262 && start[257..262].SequenceEqual("ustar"u8));

    private static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith(ZipMagic) || start.StartsWith(EmptyZipMagic);

    /// <summary>What to do with an archive of a kind that is not read; null where the file is none.</summary>
    private static string? UnpackAdvice(string path, ReadOnlySpan<byte> start) =>
        FileSignatures.Recognize(start) is { Unpack: { } unpack } known
            ? $"'{path}' is {known.Description}, which is not read: unpack it ('{unpack} {Path.GetFileName(path)}') and give the folder, "
                + "or make a .zip, .tar or .tar.gz of it"
            : null;

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
        catch (InvalidImageException e)
        {
            throw new TransferLearningException($"'{path}' cannot be read: {e.Message}", e);
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
