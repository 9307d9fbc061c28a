using System.Buffers.Binary;

namespace TransferLearning.Imaging.Tests.Formats;

/// <summary>
/// A format that only tests know: four letters, width and height as 16-bit little-endian numbers, and the pixels as they are. Written with
/// nothing but the public interface.
/// </summary>
internal sealed class ToyDecoder : IImageDecoder
{
    private const int HeaderLength = 8;

    public static ImageFormats WithBuiltIn { get; } = ImageFormats.BuiltIn.Add(new ToyDecoder());

    public string FormatName => "Toy";

    public IReadOnlyList<string> Extensions => [".toy"];

    private static ReadOnlySpan<byte> Signature => "TOY1"u8;

    public static byte[] Encode(RgbImage image)
    {
        byte[] file = [.. Signature, 0, 0, 0, 0, .. image.Pixels];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), (ushort)image.Width);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), (ushort)image.Height);
        return file;
    }

    public bool Matches(ReadOnlySpan<byte> data) => data.StartsWith(Signature);

    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        if (data.Length < HeaderLength)
        {
            throw new InvalidImageException("Toy: the data ends in the header");
        }

        ushort width = BinaryPrimitives.ReadUInt16LittleEndian(data[4..]);
        ushort height = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]);
        options.CheckSize(FormatName, width, height);
        int length = width * height * 3;
        return data.Length >= HeaderLength + length
            ? new RgbImage(width, height, data.Slice(HeaderLength, length).ToArray())
            : throw new InvalidImageException("Toy: the data ends in the pixels");
    }
}
