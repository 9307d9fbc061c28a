using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>
/// Reads the bits of a scan, most significant first. The bytes up to the next marker are first copied without their stuffing, so that a
/// refill is one 8-byte load. Zeros follow them, enough for one MCU, and <see cref="Check"/> after every MCU detects an overrun.
/// </summary>
internal ref struct EntropyReader
{
    /// <summary>The next bits, left-aligned. Bits beyond <see cref="Count"/> are those that follow, or 0.</summary>
    public ulong Bits;

    /// <summary>The number of valid bits.</summary>
    public int Count;

    /// <summary>The next byte to load into <see cref="Bits"/>.</summary>
    public int Position;

    // An MCU has at most 10 blocks of 64 coefficients of 16 + 16 bits: 2,560 bytes.
    private const int Padding = 4096;

    private readonly ReadOnlySpan<byte> _file;
    private byte[] _buffer;
    private int _length;

    /// <summary>Starts at the first byte of a scan's data.</summary>
    public EntropyReader(ReadOnlySpan<byte> file, int position)
    {
        _file = file;
        _buffer = [];
        FilePosition = position;
        Fill();
    }

    /// <summary>The position in the file after the copied bytes: a marker, or the end of the file.</summary>
    public int FilePosition { get; private set; }

    /// <summary>The first of the copied bytes.</summary>
    public readonly ref byte Start => ref MemoryMarshal.GetArrayDataReference(_buffer);

    /// <summary>Makes at least 56 bits valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(ref byte start, ref ulong bits, ref int count, ref int position)
    {
        ulong next = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, position));
        if (BitConverter.IsLittleEndian)
        {
            next = BinaryPrimitives.ReverseEndianness(next);
        }

        bits |= next >> count;
        position += (63 - count) >> 3;
        count |= 56;
    }

    /// <summary>Reads up to 16 bits.</summary>
    public int Read(int count)
    {
        if (count == 0)
        {
            return 0;
        }

        if (Count < count)
        {
            Refill(ref Start, ref Bits, ref Count, ref Position);
        }

        int value = (int)(Bits >> (64 - count));
        Bits <<= count;
        Count -= count;
        return value;
    }

    /// <summary>Decodes a symbol.</summary>
    public int ReadSymbol(HuffmanTable table)
    {
        if (Count < 16)
        {
            Refill(ref Start, ref Bits, ref Count, ref Position);
        }

        int found = table.Find(Bits);
        if (found < 0)
        {
            throw NoSuchCode();
        }

        Bits <<= found & 0xFF;
        Count -= found & 0xFF;
        return found >> 8;
    }

    /// <summary>Throws if more bits were read than there are before the next marker.</summary>
    public readonly void Check(int mcu, int mcus)
    {
        if ((Position * 8L) - Count <= _length * 8L)
        {
            return;
        }

        if (FilePosition >= _file.Length)
        {
            throw JpegError.Truncated($"in the scan, {mcu} of {mcus} blocks in", _file.Length);
        }

        throw JpegError.Damaged($"a marker stands in the scan, {mcu} of {mcus} blocks in,", FilePosition);
    }

    /// <summary>Continues after the restart marker, which must follow.</summary>
    public void Restart(int number)
    {
        if (FilePosition >= _file.Length)
        {
            throw JpegError.Truncated("where a restart marker belongs", _file.Length);
        }

        if (_file[FilePosition + 1] != JpegMarker.Restart0 + (number & 7))
        {
            throw JpegError.Damaged($"there is no restart marker {number & 7}", FilePosition);
        }

        FilePosition += 2;
        Fill();
    }

    /// <summary>The error for bits that are not a Huffman code.</summary>
    public readonly InvalidImageException NoSuchCode() =>
        JpegError.Damaged("the scan has bits that are not a Huffman code before the marker", FilePosition);

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    // Copies up to the next marker. FF 00 stands for FF; FFs before any other byte are fill bytes.
    private void Fill()
    {
        if (_buffer.Length == 0)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(_file.Length - FilePosition + Padding);
        }

        Span<byte> target = _buffer.AsSpan();
        _length = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = _file[FilePosition..];
            int plain = rest.IndexOf((byte)0xFF);
            plain = plain < 0 ? rest.Length : plain;
            rest[..plain].CopyTo(target[_length..]);
            _length += plain;
            FilePosition += plain;
            rest = rest[plain..];
            int fill = rest.IndexOfAnyExcept((byte)0xFF);
            if (fill < 0)
            {
                FilePosition = _file.Length;
                break;
            }

            if (rest[fill] != 0)
            {
                FilePosition += fill - 1;
                break;
            }

            target[_length++] = 0xFF;
            FilePosition += fill + 1;
        }

        target.Slice(_length, Padding).Clear();
        (Bits, Count, Position) = (0, 0, 0);
    }
}
