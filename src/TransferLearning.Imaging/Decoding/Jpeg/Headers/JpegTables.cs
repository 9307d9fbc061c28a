using System.Buffers.Binary;
using TransferLearning.Imaging.Decoding.Jpeg.Entropy;

namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>The tables and the restart interval in force, which segments redefine (T.81, B.2.4).</summary>
internal sealed class JpegTables
{
    private readonly ushort[]?[] _quantization = new ushort[]?[4];

    /// <summary>The DC codes, by destination.</summary>
    public HuffmanTable?[] Dc { get; } = new HuffmanTable?[4];

    /// <summary>The AC codes, by destination.</summary>
    public HuffmanTable?[] Ac { get; } = new HuffmanTable?[4];

    /// <summary>The number of MCUs between restart markers; 0 for no such markers.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Reads a DHT segment.</summary>
    public void ReadHuffman(ReadOnlySpan<byte> segment, int position)
    {
        while (segment.Length > 0)
        {
            (int tableClass, int destination) = (segment[0] >> 4, segment[0] & 15);
            if (tableClass > 1 || destination > 3)
            {
                throw JpegError.Damaged($"a Huffman table has the class {tableClass} and the destination {destination}", position);
            }

            int count = 0;
            if (segment.Length >= 17)
            {
                foreach (byte ofLength in segment.Slice(1, 16))
                {
                    count += ofLength;
                }
            }

            if (segment.Length < 17 + count || count > 256)
            {
                throw JpegError.Damaged("a Huffman table is longer than its segment", position);
            }

            (tableClass == 0 ? Dc : Ac)[destination] = new HuffmanTable(segment.Slice(1, 16), segment.Slice(17, count), position);
            segment = segment[(17 + count)..];
            position += 17 + count;
        }
    }

    /// <summary>Reads a DQT segment.</summary>
    public void ReadQuantization(ReadOnlySpan<byte> segment, int position)
    {
        while (segment.Length > 0)
        {
            (int precision, int destination) = (segment[0] >> 4, segment[0] & 15);
            int length = 1 + (precision == 0 ? 64 : 128);
            if (precision > 1 || destination > 3 || segment.Length < length)
            {
                throw JpegError.Damaged($"a quantization table (precision {precision}, destination {destination}) is invalid", position);
            }

            ushort[] table = new ushort[64];
            for (int i = 0; i < table.Length; i++)
            {
                table[i] = precision == 0 ? segment[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (i * 2))..]);
            }

            _quantization[destination] = table;
            segment = segment[length..];
            position += length;
        }
    }

    /// <summary>Reads a DRI segment.</summary>
    public void ReadRestartInterval(ReadOnlySpan<byte> segment, int position) => RestartInterval = segment.Length >= 2
        ? BinaryPrimitives.ReadUInt16BigEndian(segment)
        : throw JpegError.Damaged("the segment of the restart interval is too short", position);

    /// <summary>The quantization table that a component refers to.</summary>
    public ushort[] QuantizationOf(JpegComponent component, int position) => _quantization[component.QuantizationIndex]
        ?? throw JpegError.Damaged($"quantization table {component.QuantizationIndex} is used but not defined", position);
}
