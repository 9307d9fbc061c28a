using System.Runtime.CompilerServices;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Data.Thumbnails;

/// <summary>
/// What an image looks like, in 1,152 bytes, to find the same picture in files whose bytes differ: the whole picture, stretched to 32 x 32
/// pixels of brightness and 8 x 8 pixels of color. Immutable.
/// </summary>
internal sealed class ImageThumbnail
{
    /// <summary>The width and height of the brightness.</summary>
    public const int Side = 32;

    /// <summary>The width and height of each color difference.</summary>
    public const int ColorSide = 8;

    /// <summary>The number of color differences: blue and red, each less the brightness.</summary>
    public const int Colors = 2;

    /// <summary>The bytes of a thumbnail.</summary>
    public const int Size = (Side * Side) + (Colors * ColorSide * ColorSide);

    private const int Block = Side / ColorSide;
    private const float ColorCenter = 128;

    private static readonly ImagePreprocessing Shrinking =
        new() { Width = Side, Height = Side, Normalization = PixelNormalization.None };

    private readonly byte[] _bytes;

    private ImageThumbnail(byte[] bytes) => _bytes = bytes;

    /// <summary>[32, 32] of brightness, then [8, 8] of each color difference, blue and red, plus 128.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public static ImageThumbnail Of(RgbImage image)
    {
        float[] pixels = new float[Side * Side * 3];
        ImageToTensor.Convert(image, Shrinking, pixels);
        byte[] bytes = new byte[Size];
        float[] blue = new float[ColorSide * ColorSide], red = new float[ColorSide * ColorSide];
        for (int i = 0; i < Side * Side; i++)
        {
            (float r, float g, float b) = (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]);
            float brightness = (0.299f * r) + (0.587f * g) + (0.114f * b);
            bytes[i] = ToByte(brightness);
            int color = (i / Side / Block * ColorSide) + (i % Side / Block);
            blue[color] += 0.564f * (b - brightness) / (Block * Block);
            red[color] += 0.713f * (r - brightness) / (Block * Block);
        }

        for (int i = 0; i < blue.Length; i++)
        {
            bytes[(Side * Side) + i] = ToByte(ColorCenter + blue[i]);
            bytes[(Side * Side) + blue.Length + i] = ToByte(ColorCenter + red[i]);
        }

        return new ImageThumbnail(bytes);
    }

    /// <summary>The thumbnail with these bytes, which are copied.</summary>
    /// <param name="bytes"><see cref="Size"/> bytes.</param>
    public static ImageThumbnail Read(ReadOnlySpan<byte> bytes) => new(bytes[..Size].ToArray());

    /// <summary>Copies the brightness to numbers, 0..255.</summary>
    /// <param name="target">[32, 32].</param>
    public void CopyBrightness(Span<float> target) => Copy(_bytes.AsSpan(0, Side * Side), 0, target);

    /// <summary>Copies a color difference to numbers, about -128..127.</summary>
    /// <param name="index">0 for blue, 1 for red.</param>
    /// <param name="target">[8, 8].</param>
    public void CopyColor(int index, Span<float> target) =>
        Copy(_bytes.AsSpan((Side * Side) + (index * ColorSide * ColorSide), ColorSide * ColorSide), -ColorCenter, target);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(ReadOnlySpan<byte> source, float offset, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = source[i] + offset;
        }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
