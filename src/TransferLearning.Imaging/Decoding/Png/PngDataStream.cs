namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>The compressed pixels of a file as a stream, read where they are: a copy would take as much memory as the file.</summary>
/// <param name="file">The first byte of the file, which must not move while the stream is read.</param>
/// <param name="length">The length of the file.</param>
/// <param name="parts">The ranges of the file that hold the pixels.</param>
internal sealed unsafe class PngDataStream(byte* file, int length, IReadOnlyList<Range> parts) : Stream
{
    private int _part;
    private int _done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_part < parts.Count)
        {
            ReadOnlySpan<byte> rest = new ReadOnlySpan<byte>(file, length)[parts[_part]][_done..];
            if (rest.Length > 0)
            {
                int count = Math.Min(rest.Length, buffer.Length);
                rest[..count].CopyTo(buffer);
                _done += count;
                return count;
            }

            (_part, _done) = (_part + 1, 0);
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
