using TransferLearning.Imaging.Decoding;
using TransferLearning.Imaging.Decoding.Bmp;
using TransferLearning.Imaging.Decoding.Gif;
using TransferLearning.Imaging.Decoding.Jpeg;
using TransferLearning.Imaging.Decoding.Png;

namespace TransferLearning.Imaging.Formats;

/// <summary>The formats that can be decoded, told apart by their first bytes.</summary>
internal static class ImageFormats
{
    private static readonly IImageDecoder[] Decoders = [new JpegDecoder(), new PngDecoder(), new GifDecoder(), new BmpDecoder()];

    /// <summary>Decodes a whole file by its content.</summary>
    public static RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        foreach (IImageDecoder decoder in Decoders)
        {
            if (decoder.Matches(data))
            {
                return decoder.Decode(data, options);
            }
        }

        string known = string.Join(", ", Decoders.Select(d => d.FormatName));
        throw new InvalidImageException($"{UnknownFormat.Describe(data)}; the formats that can be decoded are {known}");
    }
}
