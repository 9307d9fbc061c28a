using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using TransferLearning.Data;
using TransferLearning.Imaging.Encoding;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>A kind of image column: how its rows are read for training, and how they are scored.</summary>
internal abstract class ImageColumn
{
    private const string ImageMember = "Image";
    private static readonly ImageColumn[] All = [new Encoded(), new Paths(), new Pixels()];

    /// <summary>The kind of a column, by its type.</summary>
    /// <exception cref="TransferLearningException">The type is not one of images.</exception>
    public static ImageColumn Of(string name, DataViewType type) => All.FirstOrDefault(c => c.Fits(type))
        ?? throw new TransferLearningException(
            $"the column '{name}' is of type {type}: expected an encoded image file (a vector of bytes), a path (text), or an MLImage");

    /// <summary>The kind that the user has named.</summary>
    public static ImageColumn Of(TransferLearningImages images) => images switch
    {
        TransferLearningImages.Encoded => new Encoded(),
        TransferLearningImages.Paths => new Paths(),
        TransferLearningImages.Pixels => new Pixels(),
        _ => throw new ArgumentOutOfRangeException(nameof(images), images, null),
    };

    /// <summary>A function that reads the image of the cursor's current row.</summary>
    public abstract Func<LabeledImage> Reader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>The estimator that scores the rows.</summary>
    public abstract IEstimator<ITransformer> Scoring(MLContext context);

    /// <summary>Data without rows that has a column of this kind.</summary>
    public abstract IDataView NoRows(MLContext context, string name);

    protected abstract bool Fits(DataViewType type);

    private static IDataView NoRows<T>(MLContext context, string name)
        where T : class
    {
        var schema = SchemaDefinition.Create(typeof(T));
        schema[ImageMember].ColumnName = name;
        return context.Data.LoadFromEnumerable(Array.Empty<T>(), schema);
    }

    private static string Name(DataViewRow row) => $"row {row.Position}";

    private sealed class Encoded : ImageColumn
    {
        public override Func<LabeledImage> Reader(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<VBuffer<byte>> get = row.GetGetter<VBuffer<byte>>(column);
            VBuffer<byte> content = default;
            return () =>
            {
                get(ref content);
                return LabeledImage.FromBytes(ImageBytes.Of(content).ToArray(), null, Name(row));
            };
        }

        public override IEstimator<ITransformer> Scoring(MLContext context) => context.Transforms.CustomMapping(
            new EncodedScoring().GetMapping(), EncodedScoring.Contract);

        public override IDataView NoRows(MLContext context, string name) => NoRows<Row>(context, name);

        protected override bool Fits(DataViewType type) => type is VectorDataViewType { ItemType: NumberDataViewType item }
            && item.RawType == typeof(byte);

        private sealed class Row
        {
            public byte[]? Image { get; set; }
        }
    }

    private sealed class Paths : ImageColumn
    {
        public override Func<LabeledImage> Reader(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> path = default;
            return () =>
            {
                get(ref path);
                return path.IsEmpty ? LabeledImage.FromBytes(default, null, Name(row)) : LabeledImage.FromFile(path.ToString());
            };
        }

        public override IEstimator<ITransformer> Scoring(MLContext context) => context.Transforms.CustomMapping(
            new PathScoring().GetMapping(), PathScoring.Contract);

        public override IDataView NoRows(MLContext context, string name) => NoRows<Row>(context, name);

        protected override bool Fits(DataViewType type) => type is TextDataViewType;

        private sealed class Row
        {
            public string? Image { get; set; }
        }
    }

    private sealed class Pixels : ImageColumn
    {
        public override Func<LabeledImage> Reader(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<MLImage?> get = row.GetGetter<MLImage?>(column);
            MLImage? image = null;
            return () =>
            {
                get(ref image);
                byte[] content = image is null ? [] : PngEncoder.Encode(ImagePixels.Of(image));
                return LabeledImage.FromBytes(content, null, Name(row));
            };
        }

        public override IEstimator<ITransformer> Scoring(MLContext context) => context.Transforms.CustomMapping(
            new PixelScoring().GetMapping(), PixelScoring.Contract);

        public override IDataView NoRows(MLContext context, string name)
        {
            ImagePixels.Register();
            return NoRows<Row>(context, name);
        }

        protected override bool Fits(DataViewType type) => type is ImageDataViewType;

        private sealed class Row
        {
            public MLImage? Image { get; set; }
        }
    }
}
