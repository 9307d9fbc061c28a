using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;
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
        where TAdded : class, new() => column switch
        {
            { Size: { } size } => OfOneSize(context, input, column.Name, size, map, added),
            { Images: TransferLearningImages.Encoded } =>
                Mapping<BytesRow, TAdded>(context, input, column, (row, to) => map(RowImages.OfBytes(row.Image), to), added),
            { Images: TransferLearningImages.Paths } =>
                Mapping<PathRow, TAdded>(context, input, column, (row, to) => map(RowImages.OfPath(row.Image), to), added),
            { Images: TransferLearningImages.Pixels } =>
                Mapping<PixelRow, TAdded>(context, input, column, (row, to) => map(RowImages.OfPixels(row.Image), to), added),
            _ => throw new InvalidOperationException($"{column.Images} is not a kind of images"),
        };

    /// <summary>Extracts the pixels of images of one size, red, green and blue, to <see cref="InternalColumns.Image"/>.</summary>
    public static ImagePixelExtractingEstimator ExtractPixels(MLContext context, string column) => context.Transforms.ExtractPixels(
        InternalColumns.Image, column, interleavePixelColors: true, outputAsFloatArray: false);

    /// <summary>ML.NET cannot convert images of a size to objects unless the size is registered: their pixels do without.</summary>
    private static TransformerChain<ITransformer> OfOneSize<TAdded>(
        MLContext context,
        DataViewSchema input,
        string column,
        (int Width, int Height) size,
        Action<LabeledImage, TAdded> map,
        SchemaDefinition added)
        where TAdded : class, new()
    {
        ImagePixelExtractingTransformer pixels = ExtractPixels(context, column).Fit(new EmptyRows(input));
        DataViewSchema extracted = pixels.GetOutputSchema(input);
        var block = new ImageColumn(InternalColumns.Image, extracted[InternalColumns.Image].Type, TransferLearningImages.Encoded);
        CustomMappingTransformer<BytesRow, TAdded> mapping = Mapping<BytesRow, TAdded>(
            context, extracted, block, (row, to) => map(RowImages.OfPixelBlock(row.Image, size.Width, size.Height), to), added);
        ITransformer drop = context.Transforms.DropColumns(InternalColumns.Image)
            .Fit(new EmptyRows(mapping.GetOutputSchema(extracted)));
        return new TransformerChain<ITransformer>(pixels, mapping, drop);
    }

    private static CustomMappingTransformer<TRow, TAdded> Mapping<TRow, TAdded>(
        MLContext context, DataViewSchema input, ImageColumn column, Action<TRow, TAdded> map, SchemaDefinition added)
        where TRow : class, new()
        where TAdded : class, new()
    {
        MLImageType.Register();
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
