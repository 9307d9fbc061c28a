using Microsoft.ML.Data;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;

namespace TransferLearning.MLNet.Rows;

/// <summary>
/// The image of a row as one of this library, whatever the type of its column. An empty or missing value gives an image that cannot be
/// decoded.
/// </summary>
internal static class RowImages
{
    private const string DefaultName = "(row)";

    /// <param name="content">A whole image file.</param>
    /// <param name="name">What messages call the image.</param>
    public static LabeledImage OfBytes(in VBuffer<byte> content, string name = DefaultName) =>
        LabeledImage.FromBytes(content.IsDense ? content.GetValues().ToArray() : content.DenseValues().ToArray(), null, name);

    /// <param name="path">The path of an image file.</param>
    /// <param name="name">What messages call the image where there is no path.</param>
    public static LabeledImage OfPath(ReadOnlyMemory<char> path, string name = DefaultName) =>
        path.IsEmpty ? LabeledImage.FromBytes(default, null, name) : LabeledImage.FromFile(path.ToString());

    /// <param name="image">Pixels; null for none.</param>
    /// <param name="name">What messages call the image.</param>
    public static LabeledImage OfPixels(MLImage? image, string name = DefaultName) =>
        LabeledImage.FromBytes(image is null ? default : BmpEncoder.Encode(Pixels(image)), null, name);

    /// <param name="pixels">[height, width, 3], red, green and blue: what ML.NET extracts from an image.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static LabeledImage OfPixelBlock(in VBuffer<byte> pixels, int width, int height) => LabeledImage.FromBytes(
        pixels.Length == 0 ? default : BmpEncoder.Encode(new RgbImage(width, height, pixels.DenseValues().ToArray())), null, DefaultName);

    /// <summary>Not by <see cref="MLImage.Pixels"/>, which ML.NET 5.0.1 cannot give with SkiaSharp 3 or later.</summary>
    private static RgbImage Pixels(MLImage image)
    {
        byte[] pixels = image.GetBGRPixels;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }
}
