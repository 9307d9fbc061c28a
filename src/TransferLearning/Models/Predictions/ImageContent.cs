using System.Buffers;
using TransferLearning.Imaging;

namespace TransferLearning.Models.Predictions;

/// <summary>
/// An image file read from a stream to its end, at most as many bytes as the limits allow. The memory is pooled, so that a service does not
/// allocate large arrays for each request. Not thread-safe; dispose of it to return the memory.
/// </summary>
internal sealed class ImageContent : IDisposable
{
    /// <summary>How messages name the image.</summary>
    public const string Name = "(stream)";

    private const int MinBuffer = 1 << 16;

    private readonly long _maxBytes;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(MinBuffer);
    private int _length;

    // One byte more must fit into an array, which tells that the stream is longer.
    private ImageContent(ImageLimits limits) => _maxBytes = Math.Min(limits.MaxBytes, Array.MaxLength - 1);

    /// <summary>The whole file.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <exception cref="TransferLearningException">The stream cannot be read synchronously.</exception>
    /// <exception cref="UnusableImageException">The stream has more bytes than the limits allow.</exception>
    public static ImageContent Read(Stream stream, ImageLimits limits)
    {
        var content = new ImageContent(limits);
        try
        {
            while (content.Add(Read(stream, content.Rest().Span)))
            {
            }

            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <exception cref="UnusableImageException">The stream has more bytes than the limits allow.</exception>
    public static async Task<ImageContent> ReadAsync(Stream stream, ImageLimits limits, CancellationToken cancellationToken)
    {
        var content = new ImageContent(limits);
        try
        {
            while (content.Add(await stream.ReadAsync(content.Rest(), cancellationToken).ConfigureAwait(false)))
            {
            }

            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private static int Read(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (Exception e) when (e is InvalidOperationException and not ObjectDisposedException or NotSupportedException)
        {
            // The body of a request, in ASP.NET Core.
            throw new TransferLearningException(
                $"the image '{Name}' cannot be read synchronously ({e.Message}): call TransferModel.PredictAsync", e);
        }
    }

    /// <summary>The free part of the buffer, at least one byte, and at most one more than the limit allows.</summary>
    private Memory<byte> Rest()
    {
        if (_length == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _length, Array.MaxLength));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_length, (int)Math.Min(_buffer.Length - _length, _maxBytes + 1 - _length));
    }

    /// <returns>False at the end of the stream.</returns>
    private bool Add(int read)
    {
        _length += read;
        return _length <= _maxBytes
            ? read > 0
            : throw new UnusableImageException(
                $"the image '{Name}' has more than {_maxBytes} bytes: make it smaller, or raise the limit "
                + $"{nameof(ImageLimits)}.{nameof(ImageLimits.MaxBytes)} in ModelLoadOptions.Limits",
                exceedsMaxBytes: true);
    }
}
