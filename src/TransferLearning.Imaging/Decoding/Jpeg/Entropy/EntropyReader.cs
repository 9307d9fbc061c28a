using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>
/// Reads the bits of a scan, most significant first. The bytes up to the next marker are first copied without their stuffing, a part at a
/// time, so that a refill is one 8-byte load. Enough for one MCU follow them, zeros at the end, and <see cref="Check"/> after every MCU
/// copies the next part or detects an overrun.
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

    // Small enough for a processor's cache, also that the scan of a large file takes no memory of its size.
    private const int MaxPart = 1 << 16;

    private readonly ReadOnlySpan<byte> _file;
    private byte[] _buffer;
    private int _length;

    // The copied bytes end at a marker or at the end of the file.
    private bool _isLastPart;

    // Up to this position, a whole MCU follows in the buffer; in the last part, the number of bytes.
    private int _safe;

    /// <summary>Starts at the first byte of a scan's data.</summary>
    public EntropyReader(ReadOnlySpan<byte> file, int position)
    {
        _file = file;

        // A part that is not the last one must hold an MCU, also where the file ends after the scan's header.
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Clamp(file.Length - position, Padding, MaxPart) + Padding);
        FilePosition = position;
        Fill(kept: 0);
    }

    /// <summary>The position in the file after the copied bytes.</summary>
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

    /// <summary>Makes the next MCU readable, and throws if more bits were read than there are before the next marker.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(int mcu, int mcus)
    {
        if ((Position * 8L) - Count > _safe * 8L)
        {
            Continue(mcu, mcus);
        }
    }

    /// <summary>Skips what is left of the scan's data. <see cref="FilePosition"/> is then at the next marker, or the end of the
    /// file.</summary>
    public void End()
    {
        while (!_isLastPart)
        {
            Fill(kept: 0);
        }
    }

    private void Continue(int mcu, int mcus)
    {
        if (!_isLastPart)
        {
            // What is loaded into Bits already is not needed in the buffer.
            int kept = _length - Position;
            _buffer.AsSpan(Position, kept).CopyTo(_buffer);
            Position = 0;
            Fill(kept);
        }

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
        End();
        if (FilePosition >= _file.Length)
        {
            throw JpegError.Truncated("where a restart marker belongs", _file.Length);
        }

        if (_file[FilePosition + 1] != JpegMarker.Restart0 + (number & 7))
        {
            throw JpegError.Damaged($"there is no restart marker {number & 7}", FilePosition);
        }

        FilePosition += 2;
        (Bits, Count, Position) = (0, 0, 0);
        Fill(kept: 0);
    }

    /// <summary>The error for invalid data of the scan.</summary>
    /// <param name="what">What is wrong.</param>
    public InvalidImageException Damaged(string what)
    {
        End();
        return JpegError.Damaged($"{what} before the marker", FilePosition);
    }

    /// <summary>The error for bits that are not a Huffman code.</summary>
    public InvalidImageException NoSuchCode() => Damaged("the scan has bits that are not a Huffman code");

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    // Copies more, behind bytes that are kept, up to the next marker. FF 00 stands for FF; FFs before any other byte are fill bytes.
    private void Fill(int kept)
    {
        Span<byte> target = _buffer.AsSpan();
        int capacity = Math.Min(_buffer.Length - Padding, MaxPart);
        _length = kept;
        _isLastPart = false;
        while (!_isLastPart && _length < capacity)
        {
            ReadOnlySpan<byte> window = _file.Slice(FilePosition, Math.Min(_file.Length - FilePosition, capacity - _length));
            int plain = window.IndexOf((byte)0xFF);
            plain = plain < 0 ? window.Length : plain;
            window[..plain].CopyTo(target[_length..]);
            _length += plain;
            FilePosition += plain;
            if (_length < capacity)
            {
                CopyMarked(target);
            }
        }

        target.Slice(_length, Padding).Clear();
        _safe = _isLastPart ? _length : _length - Padding;
    }

    // Copies an FF of the data, or stops at the marker or the end of the file that is there instead.
    private void CopyMarked(Span<byte> target)
    {
        ReadOnlySpan<byte> rest = _file[FilePosition..];
        int fill = rest.IndexOfAnyExcept((byte)0xFF);
        if (fill < 0)
        {
            (FilePosition, _isLastPart) = (_file.Length, true);
        }
        else if (rest[fill] != 0)
        {
            (FilePosition, _isLastPart) = (FilePosition + fill - 1, true);
        }
        else
        {
            target[_length++] = 0xFF;
            FilePosition += fill + 1;
        }
    }
}
