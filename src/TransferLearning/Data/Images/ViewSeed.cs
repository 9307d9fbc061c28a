using TransferLearning.Imaging;

namespace TransferLearning.Data.Images;

/// <summary>
/// The seed of a view of an image. It depends on the image's content and the view's number alone, so that the image's name, the order and
/// the threads change nothing.
/// </summary>
internal static class ViewSeed
{
    /// <summary>The number that <see cref="ImageAugmentation.Apply"/> gets for a view of an image.</summary>
    /// <param name="content">The hash of the image's file.</param>
    /// <param name="view">The number of the view: where each epoch shows other views, count them through.</param>
    public static ulong Of(ContentKey content, long view)
    {
        // SplitMix64's finalizer: ViewRandom is SplitMix64 too, and the sequences of seeds that differ by its increment would overlap.
        ulong z = unchecked(content.Part0 + ((ulong)view * 0x9E3779B97F4A7C15));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
