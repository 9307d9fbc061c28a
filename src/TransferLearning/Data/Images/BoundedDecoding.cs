using TransferLearning.Imaging;

namespace TransferLearning.Data.Images;

/// <summary>
/// Reads and decodes images on several threads with as much memory as the images' <see cref="ImageLimits.MaxMemory"/> allows together. What
/// an image takes is estimated from its header and reserved before. Thread-safe.
/// </summary>
internal sealed class BoundedDecoding
{
    // Files that are read before memory is reserved for them.
    private const int MaxUnreservedFile = 1 << 20;

    // Contains the header of nearly all images; of a JPEG file, with a color profile and a thumbnail before it.
    private const int StartLength = 1 << 18;

    private readonly int _minSide;

    /// <param name="images">All images that are decoded; the smallest of their limits counts.</param>
    /// <param name="minSide">The least length of the shorter side of a reduced image.</param>
    public BoundedDecoding(IReadOnlyList<LabeledImage> images, int minSide)
    {
        _minSide = minSide;
        Budget = new MemoryBudget(images.Select(i => i.Limits.MaxMemory).DefaultIfEmpty(ImageLimits.Default.MaxMemory).Min());
    }

    public MemoryBudget Budget { get; }

    /// <summary>Reads an image, and decodes it where its pixels are needed.</summary>
    /// <param name="image">The image.</param>
    /// <param name="read">Reads the file; null where its pixels are not needed after all.</param>
    /// <param name="use">Receives the file and the pixels, which count towards the memory until it returns.</param>
    /// <param name="cancellationToken">Ends the wait for memory.</param>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    /// <remarks>Also throws whatever reading, decoding and <paramref name="use"/> throw.</remarks>
    public void Decode(LabeledImage image, Func<byte[]?> read, Action<byte[], RgbImage> use, CancellationToken cancellationToken)
    {
        long length = image.Length();
        image.Limits.CheckLength(length);
        long reserved = 0L;
        MemoryReservation? reservation = null;
        try
        {
            if (length > MaxUnreservedFile)
            {
                reserved = length + DecodingOf(image, image.ReadStart(StartLength), length);
                reservation = Budget.Reserve(reserved, cancellationToken);
            }

            if (read() is not { } content)
            {
                return;
            }

            long needed = content.Length + DecodingOf(image, content, content.Length);
            if (needed > reserved)
            {
                // Given back first: threads that hold one reservation and wait for another could wait for each other.
                reservation?.Dispose();
                reservation = Budget.Reserve(needed, cancellationToken);
            }

            use(content, image.Decode(content, _minSide));
        }
        finally
        {
            reservation?.Dispose();
        }
    }

    private long DecodingOf(LabeledImage image, ReadOnlySpan<byte> start, long length) =>
        image.Formats.EstimateMemory(start, length, image.Limits, _minSide);
}
