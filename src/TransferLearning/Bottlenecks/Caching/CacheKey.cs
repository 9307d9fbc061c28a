using System.Text;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// The key of an image in the cache. The built-in decoders always give the same pixels: the key is the content's. For another decoder it
/// also holds the decoder's name and version, as other versions may give other pixels.
/// </summary>
internal static class CacheKey
{
    /// <param name="content">The hash of the file.</param>
    /// <param name="foreign">The decoder of the file; null for a built-in one.</param>
    public static ContentKey Of(ContentKey content, IImageDecoder? foreign)
    {
        if (foreign is null)
        {
            return content;
        }

        string version = foreign is IVersionedDecoder versioned
            ? versioned.Version
            : $"{foreign.GetType().FullName} {foreign.GetType().Assembly.GetName().Version}";
        return ContentKey.Of(Encoding.UTF8.GetBytes($"{content}\n{foreign.FormatName}\n{version}"));
    }
}
