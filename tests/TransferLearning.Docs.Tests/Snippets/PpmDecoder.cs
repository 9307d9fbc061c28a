using System.Buffers.Text;
using TransferLearning.Imaging;

namespace TransferLearning.Docs.Tests.Snippets;

// begin
internal sealed class PpmDecoder : IImageDecoder
{
    public string FormatName => "PPM";

    public IReadOnlyList<string> Extensions => [".ppm"];

    public bool Matches(ReadOnlySpan<byte> data) => data.StartsWith("P6\n"u8);

    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        data = data[3..];
        int width = ReadNumber(ref data);
        int height = ReadNumber(ref data);
        options.CheckSize(FormatName, width, height);
        if (ReadNumber(ref data) != 255)
        {
            throw new InvalidImageException("PPM: only 8 bits per channel are supported; save the image as PNG");
        }

        int length = width * height * 3;
        return data.Length >= length
            ? new RgbImage(width, height, data[..length].ToArray())
            : throw new InvalidImageException($"PPM: the file has {data.Length} of {length} bytes of pixels; it is truncated");
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> data)
    {
        if (!Utf8Parser.TryParse(data, out int number, out int length) || length == data.Length)
        {
            throw new InvalidImageException("PPM: the header is damaged: expected width, height and 255");
        }

        data = data[(length + 1)..];
        return number;
    }
}
// end
