using System.Text;
using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Sources;
using TransferLearning.Imaging;

namespace TransferLearning.Data.Manifests;

/// <summary>
/// A CSV or TSV file with one row per image: <c>path,label[,group[,split]]</c>, or any columns under a header that names them. Paths are
/// relative to the manifest.
/// </summary>
internal static class Manifest
{
    public static ListedImages Read(string path, ImageFormats formats)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Read(path, ReadText(path, () => File.ReadAllBytes(path)), ImageIn, formats);

        ListedFile? ImageIn(string name)
        {
            string full = Path.GetFullPath(name.Replace('\\', Path.DirectorySeparatorChar), folder);
            return new ListedFile(full, new FileImageSource(full));
        }
    }

    /// <summary>Reads a manifest that lies in a folder or archive, beside the images that it names.</summary>
    public static ListedImages Read(ListedFile file, FileListing listing, string prefix, ImageFormats formats)
    {
        var files = listing.Files.ToDictionary(f => f.RelativePath, StringComparer.Ordinal);
        string path = listing.DisplayPath(file.RelativePath);
        return Read(path, ReadText(path, file.Source.Read), ImageIn, formats);

        ListedFile? ImageIn(string name)
        {
            string inside = name.Replace('\\', '/');
            string relative = prefix + (inside.StartsWith("./", StringComparison.Ordinal) ? inside[2..] : inside);
            return files.TryGetValue(relative, out ListedFile? found)
                ? found with { RelativePath = listing.DisplayPath(relative) }
                : null;
        }
    }

    private static string ReadText(string path, Func<byte[]> read)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(read()).TrimStart('\uFEFF');
        }
        catch (ArgumentException e)
        {
            throw new TransferLearningException(
                $"'{path}' is not a text file in UTF-8: expected a manifest with rows path,label, a folder, or an archive", e);
        }
    }

    private static ListedImages Read(string path, string text, Func<string, ListedFile?> imageIn, ImageFormats formats)
    {
        var images = new List<LabeledImage>();
        var findings = new List<DatasetFinding>();
        ManifestColumns? columns = null;
        foreach ((int line, string[] cells) in Rows(path, text))
        {
            if (columns is null)
            {
                columns = ManifestColumns.FromHeader(cells);
                if (columns is not null)
                {
                    continue;
                }

                columns = ManifestColumns.InOrder(cells.Length);
            }

            string name = Cell(cells, columns.Path)
                ?? throw new TransferLearningException($"'{path}', line {line}: the image's path is empty; expected rows path,label");
            if (imageIn(name) is not { } image)
            {
                findings.Add(new DatasetFinding(name, $"named in line {line} of '{path}', but not there: left out"));
                continue;
            }

            images.Add(new LabeledImage(image.RelativePath, Cell(cells, columns.Label), image.Source, formats)
                .WithGroup(Cell(cells, columns.Group))
                .WithSubset(Subset(path, line, Cell(cells, columns.Subset)))
                .WithColumns(columns.Named(cells)));
        }

        if (images.Count == 0 || images.TrueForAll(i => i.Stamp() is null))
        {
            string looked = images.Count > 0 ? images[0].Path : findings.Count > 0 ? findings[0].Path : "";
            throw new TransferLearningException(looked.Length == 0
                ? $"'{path}' names no images: expected rows path,label"
                : $"none of the images that '{path}' names is there: paths are relative to the manifest, and the first was looked for at "
                    + $"'{looked}'");
        }

        return new ListedImages(path, [.. images], [.. findings]);
    }

    private static IEnumerable<(int Line, string[] Cells)> Rows(string path, string text)
    {
        try
        {
            return [.. DelimitedText.Read(text, DelimitedText.FindDelimiter(path, text))];
        }
        catch (FormatException e)
        {
            throw new TransferLearningException($"'{path}' is not a valid manifest: {e.Message}", e);
        }
    }

    private static DatasetSubset Subset(string path, int line, string? name) => name is null
        ? DatasetSubset.Unspecified
        : DatasetSubsetNames.Parse(name)
            ?? throw new TransferLearningException(
                $"'{path}', line {line}: '{name}' is not a split; expected train, val, test, or nothing");

    private static string? Cell(string[] cells, int column) =>
        column >= 0 && column < cells.Length && cells[column].Length > 0 ? cells[column] : null;
}
