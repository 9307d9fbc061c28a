using Microsoft.ML;
using TransferLearning.Data;

namespace TransferLearning.MLNet.Rows;

/// <summary>ML.NET data as a data set of this library, until it is disposed of. Immutable.</summary>
internal sealed class LabeledRows : IDisposable
{
    private readonly SpilledImages? _spilled;

    private LabeledRows(ImageDataset images, IReadOnlyList<string> classes, ImageColumn column, SpilledImages? spilled) =>
        (Images, Classes, Column, _spilled) = (images, classes, column, spilled);

    /// <summary>One image per row, in the rows' order; unlabeled where the row's label is missing.</summary>
    public ImageDataset Images { get; }

    /// <summary>The values of the label's key, in the key's order; empty where no label column was asked for.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The column of the images.</summary>
    public ImageColumn Column { get; }

    /// <summary>Reads all rows once. Of paths, only the text is kept; other images go to a temporary file.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="imageColumn">The name of the column of images.</param>
    /// <param name="labelColumn">The name of the column of labels; null for unlabeled images.</param>
    /// <param name="groupColumn">The name of the column whose equal values make a group; null for no groups.</param>
    /// <param name="temporaryFolder">The folder of the temporary file.</param>
    /// <exception cref="TransferLearningException">A column is missing or of another type, or there are no rows.</exception>
    public static LabeledRows Read(IDataView data, string imageColumn, string? labelColumn, string? groupColumn, string temporaryFolder)
    {
        var column = ImageColumn.Of(data.Schema, imageColumn);
        string[] classes = labelColumn is null ? [] : LabelKeys.Classes(SchemaColumns.Find(data.Schema, labelColumn));
        SpilledImages? spilled = column.Images == TransferLearningImages.Paths ? null : new SpilledImages(temporaryFolder);
        try
        {
            var images = new List<LabeledImage>();
            DataViewSchema.Column[] read = [.. new[] { imageColumn, labelColumn, groupColumn }.OfType<string>().Distinct()
                .Select(name => SchemaColumns.Find(data.Schema, name))];
            using (DataViewRowCursor cursor = data.GetRowCursor(read))
            {
                Func<LabeledImage> readImage = column.Reader(cursor);
                Func<ulong> readKey = labelColumn is null ? () => 0 : LabelKeys.Reader(cursor, cursor.Schema[labelColumn]);
                Func<string?> readGroup = groupColumn is null ? () => null : GroupValues.Reader(cursor, cursor.Schema[groupColumn]);
                while (cursor.MoveNext())
                {
                    LabeledImage image = readImage();
                    image = spilled?.Add(image) ?? image;
                    ulong key = readKey();
                    string? label = key is 0 || key > (ulong)classes.Length ? null : classes[key - 1];
                    images.Add(image.WithLabel(label).WithGroup(readGroup()));
                }
            }

            return images.Count > 0
                ? new LabeledRows(ImageDataset.FromImages(images), classes, column, spilled)
                : throw new TransferLearningException("the data has no rows: give at least one image of each of two classes");
        }
        catch
        {
            spilled?.Dispose();
            throw;
        }
    }

    public void Dispose() => _spilled?.Dispose();
}
