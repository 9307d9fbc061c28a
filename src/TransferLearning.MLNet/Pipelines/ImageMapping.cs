using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.Data;
using TransferLearning.MLNet.Rows;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// Adds columns that are computed from a column of images, in this process: by a mapping of ML.NET that calls a function directly. ML.NET
/// cannot save it; see <see cref="SavedChain"/>.
/// </summary>
internal static class ImageMapping
{
    private const string ImageMember = "Image";

    /// <param name="context">ML.NET's context.</param>
    /// <param name="input">The schema of the data, which has the column.</param>
    /// <param name="column">The column of images.</param>
    /// <param name="map">Fills the added columns of a row. Called by several threads at a time.</param>
    /// <param name="added">The added columns.</param>
    public static ITransformer Create<TAdded>(
        MLContext context, DataViewSchema input, ImageColumn column, Action<LabeledImage, TAdded> map, SchemaDefinition added)
        where TAdded : class, new() => column.Images switch
        {
            TransferLearningImages.Encoded =>
                Mapping<BytesRow, TAdded>(context, input, column, (row, to) => map(RowImages.OfBytes(row.Image), to), added),
            TransferLearningImages.Paths =>
                Mapping<PathRow, TAdded>(context, input, column, (row, to) => map(RowImages.OfPath(row.Image), to), added),
            TransferLearningImages.Pixels =>
                Mapping<PixelRow, TAdded>(context, input, column, (row, to) => map(RowImages.OfPixels(row.Image), to), added),
            _ => throw new InvalidOperationException($"{column.Images} is not a kind of images"),
        };

    private static CustomMappingTransformer<TRow, TAdded> Mapping<TRow, TAdded>(
        MLContext context, DataViewSchema input, ImageColumn column, Action<TRow, TAdded> map, SchemaDefinition added)
        where TRow : class, new()
        where TAdded : class, new()
    {
        MLImageType.Register(column.Size);
        var row = SchemaDefinition.Create(typeof(TRow));
        (row[ImageMember].ColumnName, row[ImageMember].ColumnType) = (column.Name, column.Type);
        return context.Transforms.CustomMapping(map, contractName: null, row, added).Fit(new EmptyRows(input));
    }

    private sealed class BytesRow
    {
        public VBuffer<byte> Image { get; set; }
    }

    private sealed class PathRow
    {
        public ReadOnlyMemory<char> Image { get; set; }
    }

    private sealed class PixelRow
    {
        public MLImage? Image { get; set; }
    }
}
