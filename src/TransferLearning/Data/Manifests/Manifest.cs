using TransferLearning.Data.Images;
using TransferLearning.Data.Listings;

namespace TransferLearning.Data.Manifests;

/// <summary>
/// A table with one row per image: <c>path,label[,group[,split]]</c>, or any columns under a header that names them, as CSV, TSV or lines
/// of JSON. Paths are relative to the manifest.
/// </summary>
internal static class Manifest
{
    /// <summary>Reads a manifest that is a file, with the images beside it.</summary>
    public static ManifestImages Read(string path, FileKinds kinds, ImageDatasetOptions options)
    {
        var table = ManifestTable.Read(path, File.ReadAllBytes(path));
        return Read(table, ImageLookup.Beside(path, kinds), f => f.RelativePath, options);
    }

    /// <summary>Reads the images that a table names.</summary>
    /// <param name="table">The table.</param>
    /// <param name="lookup">Finds the images.</param>
    /// <param name="display">The path of an image, as messages name it.</param>
    /// <param name="options">The columns, where they were given.</param>
    /// <exception cref="TransferLearningException">None of the images is there, or a row has no path or an unknown subset.</exception>
    public static ManifestImages Read(
        ManifestTable table, ImageLookup lookup, Func<ListedFile, string> display, ImageDatasetOptions options)
    {
        var columns = ManifestColumns.Find(table, lookup, options);
        var images = new List<LabeledImage>();
        var files = new List<string>();
        var dropped = new List<string>();
        var findings = new List<DatasetFinding>();
        string? firstMissing = null;
        var reading = new ImageReading(options.Formats, options.Limits);
        var rows = new ManifestRows(columns);
        foreach ((int line, string[] cells) in table.Rows.Skip(columns.HasHeader && table.Header is null ? 1 : 0))
        {
            string name = Cell(cells, columns.Path)
                ?? throw new TransferLearningException($"'{table.Path}', line {line}: the image's path is empty; expected rows path,label");
            DatasetSubset subset = Subset(table.Path, line, Cell(cells, columns.Subset));
            if (lookup.Find(name) is not { } file)
            {
                firstMissing ??= name;
                findings.Add(new DatasetFinding(name, $"named in line {line} of '{table.Path}', but not there: left out")
                {
                    Kind = DatasetFindingKind.Missing,
                });
                continue;
            }

            string? label = Cell(cells, columns.Label) is { } text ? UnicodeText.Compose(text) : null;
            if (columns.OneHot.Length > 0)
            {
                int[] ones = [.. columns.OneHot.Where(i => ManifestColumns.IsOne(cells, i))];
                if (ones is not [var one])
                {
                    dropped.Add(file.RelativePath);
                    findings.Add(new DatasetFinding(
                        display(file), $"line {line} of '{table.Path}' has {ones.Length} classes, expected one: left out")
                    {
                        Kind = DatasetFindingKind.NotOneClass,
                    });
                    continue;
                }

                label = columns.Names[one];
            }

            files.Add(file.RelativePath);
            string path = file.Source.Path ?? display(file);
            images.Add(new LabeledImage(path, label is null ? null : rows.Shared(label), file.Source, reading)
                .WithGroup(Cell(cells, columns.Group) is { } group ? rows.Shared(group) : null)
                .WithSubset(subset)
                .WithColumns(rows.Named(path, cells)));
        }

        return images.Count > 0
            ? new ManifestImages(table.Path, images, files, dropped, findings, columns)
            : throw new TransferLearningException(Nothing(table, columns, lookup, firstMissing));
    }

    private static string Nothing(ManifestTable table, ManifestColumns columns, ImageLookup lookup, string? firstMissing)
    {
        if (firstMissing is null)
        {
            return columns.OneHot.Length > 0 && table.Rows.Count > 1
                ? $"'{table.Path}' has no row with exactly one class: expected a single 1 in the columns "
                    + string.Join(", ", columns.OneHot.Select(i => columns.Names[i]))
                : $"'{table.Path}' names no images: expected rows path,label";
        }

        string[] seen = table.Header ?? table.Rows[0].Cells;
        return $"none of the images that '{table.Path}' names is there: paths are relative to the manifest, and the first was looked for "
            + $"at '{lookup.Describe(firstMissing)}' and below that folder. The columns are {string.Join(", ", seen)}; --path-column and "
            + "--label-column (PathColumn and LabelColumn of ImageDatasetOptions) name those to use";
    }

    private static DatasetSubset Subset(string path, int line, string? name) => name is null
        ? DatasetSubset.Unspecified
        : DatasetSubsetNames.Parse(name)
            ?? throw new TransferLearningException(
                $"'{path}', line {line}: '{name}' is not a split; expected train, val, test, or nothing");

    private static string? Cell(string[] cells, int column) =>
        column >= 0 && column < cells.Length && cells[column].Length > 0 ? cells[column] : null;
}
