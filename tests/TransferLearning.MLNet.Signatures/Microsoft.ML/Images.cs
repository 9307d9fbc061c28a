using Microsoft.ML.Data;

namespace Microsoft.ML.Data
{
    public enum MLPixelFormat
    {
        Unknown,
        Bgra32,
        Rgba32,
    }

    public sealed class MLImage : IDisposable
    {
        private MLImage() => throw Signature.Only();

        public MLPixelFormat PixelFormat => throw Signature.Only();

        public ReadOnlySpan<byte> Pixels => throw Signature.Only();

        public int Width => throw Signature.Only();

        public int Height => throw Signature.Only();

        public static MLImage CreateFromFile(string imagePath) => throw Signature.Only();

        public void Dispose() => throw Signature.Only();
    }
}

namespace Microsoft.ML.Transforms.Image
{
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class ImageTypeAttribute : Attribute
    {
        public ImageTypeAttribute() => throw Signature.Only();
    }

    public sealed class ImageDataViewType : StructuredDataViewType
    {
        private ImageDataViewType() => throw Signature.Only();
    }
}
