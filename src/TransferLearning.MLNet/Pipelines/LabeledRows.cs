using Microsoft.ML;
using TransferLearning.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>ML.NET data as a data set of this library. Immutable.</summary>
/// <param name="Images">One image per row, unlabeled where the row's label is missing.</param>
/// <param name="Classes">The values of the label's key, in the key's order.</param>
/// <param name="Kind">The kind of the image column.</param>
internal sealed record LabeledRows(ImageDataset Images, IReadOnlyList<string> Classes, ImageColumn Kind)
{
    /// <summary>Reads all rows once. Encoded images and paths are kept as they are; pixels are kept as PNG.</summary>
    /// <exception cref="TransferLearningException">A column is missing or of another type, or there are no rows.</exception>
    public static LabeledRows Read(IDataView data, TransferLearningColumns columns)
    {
        DataViewSchema.Column image = Find(data.Schema, columns.Image), label = Find(data.Schema, columns.Label);
        var kind = ImageColumn.Of(image.Name, image.Type);
        string[] classes = LabelKeys.Classes(label);
        var images = new List<LabeledImage>();
        using (DataViewRowCursor cursor = data.GetRowCursor([image, label]))
        {
            Func<LabeledImage> read = kind.Reader(cursor, image);
            Func<ulong> readKey = LabelKeys.Reader(cursor, label);
            while (cursor.MoveNext())
            {
                ulong key = readKey();
                images.Add(read().WithLabel(key is 0 || key > (ulong)classes.Length ? null : classes[key - 1]));
            }
        }

        return images.Count > 0
            ? new LabeledRows(ImageDataset.FromImages(images), classes, kind)
            : throw new TransferLearningException("the data has no rows: give at least one image of each of two classes");
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw new TransferLearningException(
            $"the data has no column '{name}'; it has {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => $"'{c.Name}'"))}");
}
