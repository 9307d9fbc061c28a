namespace TransferLearning.Imaging;

public sealed partial class ImageFormats
{
    /// <summary>Reads and decodes an image file by its content, whatever its extension.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">
    /// The file is truncated, damaged, larger than <see cref="ImageLimits.Default"/>, or in none of the formats; the message names the
    /// file.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    /// <remarks>Reads the whole file into memory, then decodes it on the calling thread.</remarks>
    public RgbImage Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DecodeFile(path, File.ReadAllBytes(path));
    }

    /// <summary>
    /// Asynchronous counterpart of <see cref="Load"/>: reads the file asynchronously, then decodes it on the thread that the read completes
    /// on.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read. Decoding, once begun, is completed.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">As for <see cref="Load"/>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<RgbImage> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DecodeFile(path, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
    }

    private RgbImage DecodeFile(string path, byte[] data)
    {
        try
        {
            return Decode(data);
        }
        catch (InvalidImageException e)
        {
            throw new InvalidImageException($"{path}: {e.Message}", e);
        }
    }
}
