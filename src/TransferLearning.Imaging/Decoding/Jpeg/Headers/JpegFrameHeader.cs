using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>Reads a SOF segment (T.81, B.2.2).</summary>
internal static class JpegFrameHeader
{
    /// <summary>Reads the frame and checks its size; rents nothing yet.</summary>
    public static JpegFrame Read(ReadOnlySpan<byte> segment, int position, bool progressive, DecoderOptions options)
    {
        if (segment.Length < 6 || segment.Length < 6 + (segment[5] * 3))
        {
            throw JpegError.Damaged("the frame header is too short", position);
        }

        ushort height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        ushort width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (segment[0] != 8)
        {
            throw JpegError.Unsupported($"a precision of {segment[0]} bits");
        }

        if (height == 0)
        {
            throw JpegError.Unsupported("a height of 0 (given after the first scan, by a DNL marker)");
        }

        if (width == 0)
        {
            throw JpegError.Damaged("the frame header says a width of 0", position);
        }

        if (segment[5] is not (1 or 3 or 4))
        {
            throw JpegError.Unsupported($"an image of {segment[5]} components");
        }

        var components = new JpegComponent[segment[5]];
        for (int i = 0; i < components.Length; i++)
        {
            components[i] = ReadComponent(segment.Slice(6 + (i * 3), 3), position);
            if (components.Take(i).Any(c => c.Id == components[i].Id))
            {
                throw JpegError.Damaged($"the frame header has component {components[i].Id} twice", position);
            }
        }

        options.CheckSize("JPEG", width, height);
        return new JpegFrame(width, height, progressive, components, options);
    }

    private static JpegComponent ReadComponent(ReadOnlySpan<byte> entry, int position)
    {
        (int horizontal, int vertical, byte table) = (entry[1] >> 4, entry[1] & 15, entry[2]);
        if (horizontal is < 1 or > 4 || vertical is < 1 or > 4 || table > 3)
        {
            throw JpegError.Damaged($"component {entry[0]} has sampling {horizontal}x{vertical} and quantization table {table}", position);
        }

        return new JpegComponent
        {
            Id = entry[0],
            HorizontalSampling = horizontal,
            VerticalSampling = vertical,
            QuantizationIndex = table,
        };
    }
}
