using TransferLearning.Imaging.Decoding.Jpeg.Headers;
using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Decoding.Jpeg;

/// <summary>Decodes JPEG files (ITU-T T.81): baseline, extended sequential and progressive, Huffman-coded, 8 bits per sample.</summary>
internal sealed class JpegDecoder : IImageDecoder, IDecodingEstimator
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
            return Orientation.Upright(pixels, frame.OutputWidth, frame.OutputHeight, reader.Header.Orientation);
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <inheritdoc />
    public DecodingEstimate Estimate(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        var reader = new JpegReader(data, options);
        JpegFrame frame = reader.ReadFrame();
        long pixels = (long)frame.OutputWidth * frame.OutputHeight;
        long bytes = frame.Bytes + (pixels * (reader.Header.Orientation == 1 ? 3 : 6));
        return new DecodingEstimate(frame.Width, frame.Height, frame.Reduction, bytes);
    }
}
