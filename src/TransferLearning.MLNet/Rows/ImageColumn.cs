using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using TransferLearning.Data;

namespace TransferLearning.MLNet.Rows;

/// <summary>A column of images: its kind, and how the image of a row is read. Immutable.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">Its type in ML.NET.</param>
/// <param name="Images">What it holds.</param>
internal sealed record ImageColumn(string Name, DataViewType Type, TransferLearningImages Images)
{
    /// <summary>The size of all images, where the type gives one, as after <c>ResizeImages</c>; else null.</summary>
    public (int Width, int Height)? Size =>
        Type is ImageDataViewType { Width: > 0, Height: > 0 } sized ? (sized.Width, sized.Height) : null;

    /// <exception cref="TransferLearningException">There is no such column, or its type is not one of images.</exception>
    public static ImageColumn Of(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = SchemaColumns.Find(schema, name);
        return new ImageColumn(name, column.Type, KindOf(name, column.Type));
    }

    /// <summary>A column of the plain type for a kind of images.</summary>
    public static ImageColumn Of(TransferLearningImages images, string name) => new(name, images switch
    {
        TransferLearningImages.Encoded => new VectorDataViewType(NumberDataViewType.Byte),
        TransferLearningImages.Paths => TextDataViewType.Instance,
        TransferLearningImages.Pixels => new ImageDataViewType(),
        _ => throw new ArgumentOutOfRangeException(nameof(images), images, null),
    }, images);

    /// <summary>A function that reads the image of the cursor's current row.</summary>
    public Func<LabeledImage> Reader(DataViewRow row)
    {
        DataViewSchema.Column column = row.Schema[Name];
        return Images switch
        {
            TransferLearningImages.Encoded => Reader<VBuffer<byte>>(row, column, (content, name) => RowImages.OfBytes(content, name)),
            TransferLearningImages.Paths => Reader<ReadOnlyMemory<char>>(row, column, RowImages.OfPath),
            TransferLearningImages.Pixels => Reader<MLImage?>(row, column, RowImages.OfPixels),
            _ => throw new InvalidOperationException($"{Images} is not a kind of images"),
        };
    }

    private static Func<LabeledImage> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string, LabeledImage> convert)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return convert(value, $"row {row.Position}");
        };
    }

    private static TransferLearningImages KindOf(string name, DataViewType type) => type switch
    {
        VectorDataViewType { ItemType: NumberDataViewType item } when item.RawType == typeof(byte) => TransferLearningImages.Encoded,
        TextDataViewType => TransferLearningImages.Paths,
        ImageDataViewType => TransferLearningImages.Pixels,
        _ => throw new TransferLearningException(
            $"the column '{name}' is of type {type}: expected an encoded image file (a vector of bytes), a path (text), or an MLImage"),
    };
}
