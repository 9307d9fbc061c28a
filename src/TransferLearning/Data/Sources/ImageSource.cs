namespace TransferLearning.Data.Sources;

/// <summary>Where an image's bytes come from. Thread-safe.</summary>
internal abstract class ImageSource
{
    /// <summary>The path by which messages name the image; null where the listing or the caller names it.</summary>
    public virtual string? Path => null;

    /// <summary>The length of the image file in bytes, before it is read; what an archive says of it may be wrong.</summary>
    /// <inheritdoc cref="Read"/>
    public abstract long Length();

    /// <summary>Reads the whole image file.</summary>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read them.</exception>
    /// <exception cref="InvalidDataException">The archive that holds them is damaged.</exception>
    public abstract byte[] Read();

    /// <summary>Reads the first bytes of the image file, at most as many as given.</summary>
    /// <inheritdoc cref="Read"/>
    public abstract byte[] ReadStart(int length);

    /// <summary>The file's current stamp; null if there is no file (bytes in memory), or it is missing.</summary>
    public abstract FileStamp? Stamp();
}
