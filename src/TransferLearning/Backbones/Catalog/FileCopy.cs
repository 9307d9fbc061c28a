namespace TransferLearning.Backbones.Catalog;

/// <summary>Copies a file of a folder into the partial file.</summary>
internal static class FileCopy
{
    private const int BufferSize = 1 << 20;

    /// <exception cref="TransferLearningException">The file does not exist, cannot be read, or has another length.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static async Task RunAsync(
        string source, long bytes, PartialFile part, Action<long> report, CancellationToken cancellationToken)
    {
        await using FileStream content = Open(source);
        if (content.Length != bytes)
        {
            throw new TransferLearningException(
                $"the file '{source}' has {content.Length} bytes; the catalog says {bytes}: it is cut short or another file. Get it again");
        }

        await using FileStream file = part.Open(keep: 0);
        byte[] buffer = new byte[BufferSize];
        long copied = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            report(copied += read);
        }
    }

    private static FileStream Open(string source)
    {
        try
        {
            return File.OpenRead(source);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TransferLearningException($"the file '{source}' does not exist: put the network there, under that name", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the file '{source}' cannot be read: {e.Message}", e);
        }
    }
}
