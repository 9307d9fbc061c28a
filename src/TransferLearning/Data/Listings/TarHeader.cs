using System.Buffers.Binary;
using System.Text;

namespace TransferLearning.Data.Listings;

/// <summary>A header block of a .tar archive (POSIX.1-1988 ustar, and the older and GNU forms).</summary>
internal readonly ref struct TarHeader
{
    public const int BlockSize = 512;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;

    private readonly ReadOnlySpan<byte> _block;

    public TarHeader(ReadOnlySpan<byte> block) => _block = block;

    /// <summary>Whether the block is one of those that end an archive.</summary>
    public bool IsEnd => !_block.ContainsAnyExcept((byte)0);

    /// <summary>Whether the sum of the block's bytes is the one that it states.</summary>
    public bool IsValid
    {
        get
        {
            // Some old programs added up signed bytes.
            long unsigned = 0L;
            long signed = 0L;
            for (int i = 0; i < BlockSize; i++)
            {
                bool isSum = i is >= ChecksumOffset and < ChecksumOffset + ChecksumLength;
                unsigned += isSum ? ' ' : _block[i];
                signed += isSum ? ' ' : (sbyte)_block[i];
            }

            long stated = Number(_block.Slice(ChecksumOffset, ChecksumLength));
            return stated == unsigned || stated == signed;
        }
    }

    /// <summary>The type flag; <c>'0'</c> for the other flags of a file.</summary>
    public char Type => _block[156] is 0 or (byte)'7' ? '0' : (char)_block[156];

    /// <summary>The length of the content; negative or huge in a damaged header.</summary>
    public long Length => Number(_block.Slice(124, 12));

    public string LinkName => Text(_block.Slice(157, 100));

    public string Name
    {
        get
        {
            string name = Text(_block[..100]);
            string prefix = _block[257..].StartsWith("ustar\0"u8) ? Text(_block.Slice(345, 155)) : "";
            return prefix.Length == 0 ? name : $"{prefix}/{name}";
        }
    }

    /// <summary>Text up to the first NUL.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    // Octal digits; or, with the first bit set, a binary number, of which the last 8 bytes count if the others agree with its sign.
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            bool isNegative = (field[0] & 0x40) != 0;
            ReadOnlySpan<byte> upper = field[1..Math.Max(1, field.Length - sizeof(long))];
            long value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            bool fits = !upper.ContainsAnyExcept(isNegative ? (byte)0xFF : (byte)0) && value < 0 == isNegative;
            return fits ? value : isNegative ? long.MinValue : long.MaxValue;
        }

        long number = 0L;
        foreach (byte digit in field)
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
            {
                number = (number * 8) + (digit - '0');
            }
            else if (digit is not ((byte)' ' or 0))
            {
                return -1;
            }
        }

        return number;
    }
}
