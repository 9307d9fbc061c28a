using TransferLearning.Imaging.Decoding.Jpeg.Headers;
using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Decoding.Jpeg;

/// <summary>Decodes JPEG files (ITU-T T.81): baseline, extended sequential and progressive, Huffman-coded, 8 bits per sample.</summary>
internal sealed class JpegDecoder : IImageDecoder
{
    /// <inheritdoc />
    public string FormatName => "JPEG";

    /// <inheritdoc />
    public IReadOnlyList<string> Extensions => [".jpg", ".jpeg", ".jfif"];

    /// <inheritdoc />
    public bool Matches(ReadOnlySpan<byte> data) => data.StartsWith([(byte)0xFF, JpegMarker.StartOfImage, (byte)0xFF]);

    /// <inheritdoc />
    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        var reader = new JpegReader(data, options);
        try
        {
            JpegFrame frame = reader.Read();
            byte[] pixels = JpegOutput.ToRgb(frame, reader.Header);
            return Orientation.Upright(pixels, frame.Width, frame.Height, reader.Header.Orientation);
        }
        finally
        {
            reader.Dispose();
        }
    }
}
