namespace TransferLearning.Imaging;

public sealed partial class RgbImage
{
    /// <summary>Reads and decodes an image file by its content, whatever its extension.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">The file is truncated, damaged, or in no supported format; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RgbImage Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DecodeFile(path, File.ReadAllBytes(path));
    }

    /// <summary>As <see cref="Load"/>; the file is read asynchronously, then decoded on the thread that the reading ends on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">The file is truncated, damaged, or in no supported format; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static async Task<RgbImage> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DecodeFile(path, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
    }

    private static RgbImage DecodeFile(string path, byte[] data)
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
