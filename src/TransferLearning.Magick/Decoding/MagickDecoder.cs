using ImageMagick;
using TransferLearning.Imaging;

namespace TransferLearning.Magick.Decoding;

/// <summary>
/// Decodes one format through Magick.NET. The format found by <see cref="FileSignature"/> is always set, so that Magick does not look for
/// one by itself.
/// </summary>
internal sealed class MagickDecoder : IImageDecoder, IVersionedDecoder, IDecodingEstimator
{
    // Magick's four channels of a byte, a copy of them while the image is turned upright, the four that it gives, and our three.
    private const long BytesPerPixel = 4 + 4 + 4 + 3;

    private readonly Func<ReadOnlySpan<byte>, MagickFormat?> _recognize;

    private MagickDecoder(string name, string[] extensions, MagickFormat[] coders, Func<ReadOnlySpan<byte>, MagickFormat?> recognize) =>
        (FormatName, Extensions, Coders, _recognize) = (name, extensions, coders, recognize);

    /// <summary>The decoders of all formats.</summary>
    public static IReadOnlyList<MagickDecoder> All { get; } =
    [
        new("WebP", [".webp"], [MagickFormat.WebP], FileSignature.WebP),
        new("AVIF", [".avif"], [MagickFormat.Avif], FileSignature.Avif),
        new("HEIC", [".heic", ".heif"], [MagickFormat.Heic], FileSignature.Heic),
        new("JPEG XL", [".jxl"], [MagickFormat.Jxl], FileSignature.JpegXl),
        new("JPEG 2000", [".jp2", ".j2k", ".jpx"], [MagickFormat.Jp2, MagickFormat.J2k], FileSignature.Jpeg2000),
        new("TIFF", [".tif", ".tiff"], [MagickFormat.Tiff], FileSignature.Tiff),
    ];

    /// <inheritdoc />
    public string FormatName { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Magick's names of the format.</summary>
    public IReadOnlyList<MagickFormat> Coders { get; }

    /// <inheritdoc />
    public string Version { get; } = $"Magick.NET {typeof(MagickImage).Assembly.GetName().Version}";

    /// <inheritdoc />
    public bool Matches(ReadOnlySpan<byte> data) => _recognize(data) is not null;

    /// <inheritdoc />
    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        try
        {
            ReadHeader(data, options, out MagickFormat format);
            using var image = new MagickImage(data, Settings(format));
            options.CheckSize(FormatName, image.Width, image.Height);
            return ToRgb(image);
        }
        catch (Exception e) when (Translate(e) is { } translated)
        {
            throw translated;
        }
    }

    /// <inheritdoc />
    public DecodingEstimate Estimate(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        try
        {
            MagickImageInfo info = ReadHeader(data, options, out _);
            return new DecodingEstimate((int)info.Width, (int)info.Height, 1, info.Width * (long)info.Height * BytesPerPixel);
        }
        catch (Exception e) when (Translate(e) is { } translated)
        {
            throw translated;
        }
    }

    private MagickImageInfo ReadHeader(ReadOnlySpan<byte> data, DecoderOptions options, out MagickFormat format)
    {
        format = _recognize(data) ?? throw new InvalidImageException($"{FormatName}: the file does not start as one");
        var info = new MagickImageInfo();
        info.Read(data, Settings(format));
        options.CheckSize(FormatName, info.Width, info.Height);
        return info;
    }

    /// <summary>What Magick.NET throws, as the error of a decoder; null for another exception.</summary>
    private InvalidImageException? Translate(Exception exception) => exception switch
    {
        MagickException => new InvalidImageException($"{FormatName}: Magick.NET cannot decode the file: {exception.Message}", exception),
        DllNotFoundException or TypeInitializationException or BadImageFormatException => new InvalidImageException(
            $"{FormatName}: the native library of Magick.NET is not there, or not for this platform ({exception.Message}): "
            + "use a package for the platform, or save the image as JPEG or PNG",
            exception),
        _ => null,
    };

    // The first image only: a TIFF file may have thousands of pages.
    private static MagickReadSettings Settings(MagickFormat format) => new() { Format = format, FrameIndex = 0, FrameCount = 1 };

    private static RgbImage ToRgb(MagickImage image)
    {
        image.AutoOrient();
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray))
        {
            image.ColorSpace = ColorSpace.sRGB;
        }

        (int width, int height) = ((int)image.Width, (int)image.Height);
        using IPixelCollection<byte> pixels = image.GetPixelsUnsafe();
        byte[]? values = pixels.ToByteArray(image.HasAlpha ? PixelMapping.RGBA : PixelMapping.RGB);
        return values is null ? throw new InvalidImageException($"{image.Format}: the image has no pixels")
            : new RgbImage(width, height, image.HasAlpha ? OverWhite(values) : values);
    }

    // As the built-in decoders do it.
    private static byte[] OverWhite(byte[] rgba)
    {
        byte[] rgb = new byte[rgba.Length / 4 * 3];
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
        {
            int opacity = rgba[from + 3];
            for (int c = 0; c < 3; c++)
            {
                rgb[to + c] = (byte)(((rgba[from + c] * opacity) + (255 * (255 - opacity)) + 127) / 255);
            }
        }

        return rgb;
    }
}
