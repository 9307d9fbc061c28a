using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data
{
    public enum MLPixelFormat
    {
        Unknown,
        Bgra32,
        Rgba32,
    }

    public static class DataViewTypeManager
    {
        public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute? typeAttribute = null) =>
            throw Signature.Only();
    }

    public abstract class DataViewTypeAttribute : Attribute;

    public sealed class MLImage : IDisposable
    {
        private MLImage() => throw Signature.Only();

        public MLPixelFormat PixelFormat => throw Signature.Only();

        public ReadOnlySpan<byte> Pixels => throw Signature.Only();

        public int Width => throw Signature.Only();

        public int Height => throw Signature.Only();

        public void Dispose() => throw Signature.Only();
    }
}

namespace Microsoft.ML.Transforms.Image
{
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class ImageTypeAttribute : DataViewTypeAttribute
    {
        public ImageTypeAttribute(int height, int width) => throw Signature.Only();

        public void Register() => throw Signature.Only();
    }

    public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
    {
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();
    }

    public sealed class ImageLoadingTransformer : RowToRowTransformerBase;

    public sealed class ImageDataViewType : StructuredDataViewType
    {
        public ImageDataViewType() => throw Signature.Only();
    }
}

namespace Microsoft.ML
{
    public static class ImageEstimatorsCatalog
    {
        public static ImageLoadingEstimator LoadRawImageBytes(
            this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
            throw Signature.Only();

        public static ImageLoadingEstimator LoadImages(
            this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
            throw Signature.Only();
    }
}
