using System.Buffers.Binary;
using TransferLearning.Imaging.Decoding.Jpeg.Entropy;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;
using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Decoding.Jpeg;

/// <summary>Reads the markers of a file and decodes its scans into the samples of its frame.</summary>
internal ref struct JpegReader
{
    // Encoders write about 10 scans in a progressive file. Each visits all blocks, so the limit bounds the time that a hostile file takes.
    private const int MaxScans = 128;

    private readonly ReadOnlySpan<byte> _data;
    private readonly DecoderOptions _options;
    private readonly JpegTables _tables = new();
    private JpegFrame? _frame;
    private int _position;
    private int _scans;

    public JpegReader(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        _data = data;
        _options = options;
    }

    /// <summary>The content of the application markers.</summary>
    public JpegHeader Header { get; } = new();

    /// <summary>
    /// Decodes up to the end of the image, or the last scan of a sequential file. The samples are valid until <see cref="Dispose"/>.
    /// </summary>
    public JpegFrame Read()
    {
        _position = 2;
        while (true)
        {
            byte marker = NextMarker();
            if (marker == JpegMarker.EndOfImage)
            {
                return Finish();
            }

            if (marker is JpegMarker.Tem or (>= JpegMarker.Restart0 and <= JpegMarker.StartOfImage))
            {
                continue;
            }

            ReadOnlySpan<byte> segment = ReadSegment(marker);
            ReadSegment(marker, segment);
            if (marker == JpegMarker.StartOfScan && _frame is { IsProgressive: false } frame
                && frame.Components.All(c => c.Quantization != null))
            {
                return frame;
            }
        }
    }

    /// <summary>Reads up to the frame header, and nothing that follows.</summary>
    public JpegFrame ReadFrame()
    {
        _position = 2;
        while (true)
        {
            byte marker = NextMarker();
            if (marker is JpegMarker.Tem or (>= JpegMarker.Restart0 and <= JpegMarker.StartOfImage))
            {
                continue;
            }

            int start = _position + 2;
            ReadOnlySpan<byte> segment = ReadSegment(marker);
            if (marker is JpegMarker.BaselineFrame or JpegMarker.ExtendedFrame or JpegMarker.ProgressiveFrame)
            {
                return JpegFrameHeader.Read(segment, start, marker == JpegMarker.ProgressiveFrame, _options);
            }

            if (marker == JpegMarker.App1)
            {
                ReadSegment(marker, segment);
            }

            if (marker is JpegMarker.StartOfScan or JpegMarker.EndOfImage)
            {
                // Decoding says what is wrong.
                throw JpegError.Damaged("there is no frame header that is supported", start);
            }
        }
    }

    /// <summary>Returns the rented memory.</summary>
    public readonly void Dispose() => _frame?.Dispose();

    private void ReadSegment(byte marker, ReadOnlySpan<byte> segment)
    {
        int start = _position - segment.Length;
        switch (marker)
        {
            case JpegMarker.BaselineFrame or JpegMarker.ExtendedFrame or JpegMarker.ProgressiveFrame:
                ReadFrame(marker, segment, start);
                break;
            case JpegMarker.HuffmanTables:
                _tables.ReadHuffman(segment, start);
                break;
            case JpegMarker.QuantizationTables:
                _tables.ReadQuantization(segment, start);
                break;
            case JpegMarker.RestartInterval:
                _tables.ReadRestartInterval(segment, start);
                break;
            case JpegMarker.App0:
                Header.IsJfif |= segment.StartsWith("JFIF\0"u8);
                break;
            case JpegMarker.App1 when segment.StartsWith("Exif\0"u8) && segment.Length > 6 && Header.Orientation == 1:
                Header.Orientation = ExifOrientation.Find(segment[6..]);
                break;
            case JpegMarker.App14 when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                Header.AdobeTransform = segment[11];
                break;
            case JpegMarker.StartOfScan:
                ReadScan(segment, start);
                break;
            case > JpegMarker.ProgressiveFrame and <= JpegMarker.LastFrame:
                throw JpegError.Unsupported(Describe(marker));
            default:
                break;
        }
    }

    private void ReadFrame(byte marker, ReadOnlySpan<byte> segment, int start)
    {
        if (_frame != null)
        {
            throw JpegError.Damaged("there is a second frame header", start);
        }

        JpegFrame frame = JpegFrameHeader.Read(segment, start, marker == JpegMarker.ProgressiveFrame, _options);

        // Checked before any memory is rented: a block takes at least 2 bits (DC and end of block), or 1 bit in a progressive file.
        long minBytes = frame.Blocks / (frame.IsProgressive ? 8 : 4);
        if (minBytes > _data.Length)
        {
            throw JpegError.Truncated($"but {frame.Width} x {frame.Height} pixels need at least {minBytes} bytes", _data.Length);
        }

        frame.Rent();
        _frame = frame;
    }

    private void ReadScan(ReadOnlySpan<byte> segment, int start)
    {
        JpegFrame frame = _frame ?? throw JpegError.Damaged("a scan comes before the frame header", start);
        if (++_scans > MaxScans)
        {
            throw JpegError.Damaged($"there are more than {MaxScans} scans", start);
        }

        JpegScan scan = JpegScanHeader.Read(segment, start, frame, _tables);
        foreach (JpegComponent component in scan.Components)
        {
            component.Quantization ??= _tables.QuantizationOf(component, start);
        }

        _position = (frame.IsProgressive, frame.Reduction) switch
        {
            (false, 1) => ScanDecoder.Decode(_data, _position, frame, scan, new SequentialBlockDecoder(stackalloc int[64])),
            (false, _) => ScanDecoder.Decode(_data, _position, frame, scan, new ReducedBlockDecoder(stackalloc int[64])),
            (true, 1) => ScanDecoder.Decode(_data, _position, frame, scan, new ProgressiveBlockDecoder<FullCoefficients>(scan)),
            (true, _) => ScanDecoder.Decode(_data, _position, frame, scan, new ProgressiveBlockDecoder<LowCoefficients>(scan)),
        };
    }

    private readonly JpegFrame Finish()
    {
        JpegFrame frame = _frame ?? throw JpegError.Damaged("the image ends without a frame header", _position);

        // All components first: a sequential frame that gets here lacks one, and has no coefficients to transform.
        if (frame.Components.FirstOrDefault(c => c.Quantization == null) is { } missing)
        {
            throw JpegError.Damaged($"the image ends without a scan of component {missing.Id}", _position);
        }

        foreach (JpegComponent component in frame.Components)
        {
            ProgressiveOutput.ToSamples(component);
        }

        return frame;
    }

    // Bytes outside all segments are skipped, as all decoders do; files with a few of them are common.
    private byte NextMarker()
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = _data[Math.Min(_position, _data.Length)..];
            int fill = rest.IndexOf((byte)0xFF);
            int length = fill < 0 ? -1 : rest[fill..].IndexOfAnyExcept((byte)0xFF);
            if (length < 0)
            {
                throw JpegError.Truncated(
                    _frame == null ? "before the frame header" : "before the last scan or the end of image", _data.Length);
            }

            _position += fill + length + 1;
            if (_data[_position - 1] != 0)
            {
                return _data[_position - 1];
            }
        }
    }

    private ReadOnlySpan<byte> ReadSegment(byte marker)
    {
        if (_position + 2 > _data.Length)
        {
            throw JpegError.Truncated($"in the segment of marker {marker:X2}", _data.Length);
        }

        ushort length = BinaryPrimitives.ReadUInt16BigEndian(_data[_position..]);
        if (length < 2)
        {
            throw JpegError.Damaged($"the segment of marker {marker:X2} has a length of {length}", _position);
        }

        if (_position + length > _data.Length)
        {
            throw JpegError.Truncated($"in the segment of marker {marker:X2}, which has {length} bytes", _data.Length);
        }

        ReadOnlySpan<byte> segment = _data.Slice(_position + 2, length - 2);
        _position += length;
        return segment;
    }

    private static string Describe(byte marker) => marker switch
    {
        0xC3 => "lossless coding",
        0xC5 or 0xC6 or 0xC7 => "hierarchical coding",
        0xC8 => "an extension of the standard (marker C8)",
        _ => "arithmetic coding",
    };
}
