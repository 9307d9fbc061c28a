using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using TransferLearning.Imaging;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Converts ML.NET's images to this library's.</summary>
internal static class ImagePixels
{
    /// <summary>
    /// Registers <see cref="MLImage"/> as ML.NET's type of images. ML.NET needs that to convert between rows and objects with images.
    /// </summary>
    public static void Register() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage));

    public static RgbImage Of(MLImage image)
    {
        ReadOnlySpan<byte> source = image.Pixels;
        (int red, int blue) = image.PixelFormat switch
        {
            MLPixelFormat.Bgra32 => (2, 0),
            MLPixelFormat.Rgba32 => (0, 2),
            var other => throw new TransferLearningException($"the image has the pixel format {other}: expected Bgra32 or Rgba32"),
        };
        int count = image.Width * image.Height;
        byte[] pixels = new byte[3 * count];
        for (int i = 0; i < count; i++)
        {
            pixels[3 * i] = source[(4 * i) + red];
            pixels[(3 * i) + 1] = source[(4 * i) + 1];
            pixels[(3 * i) + 2] = source[(4 * i) + blue];
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }
}
