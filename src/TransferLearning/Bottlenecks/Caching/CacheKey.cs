using System.Globalization;
using System.Text;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// The key of an image in the cache. The built-in decoders always give the same pixels: the key is the content's. For another decoder it
/// also holds the decoder's name and version, as other versions may give other pixels; for an image that is decoded at a reduced size, that
/// it is, as records of earlier versions have features of its full size.
/// </summary>
internal static class CacheKey
{
    /// <summary>
    /// All keys that an image may have, where only the hash of its file is known: that of a reduced size first, as a record of the full
    /// size may be older.
    /// </summary>
    /// <param name="content">The hash of the file.</param>
    /// <param name="formats">The formats that decode the image.</param>
    public static IEnumerable<ContentKey> AllOf(ContentKey content, ImageFormats formats)
    {
        yield return Of(content, null, isReduced: true);
        yield return content;
        foreach (IImageDecoder decoder in formats.ForeignDecoders)
        {
            yield return Of(content, decoder, isReduced: true);
            yield return Of(content, decoder);
        }
    }

    /// <param name="content">The hash of the file.</param>
    /// <param name="foreign">The decoder of the file; null for a built-in one.</param>
    /// <param name="isReduced">Whether the image is decoded at a reduced size.</param>
    public static ContentKey Of(ContentKey content, IImageDecoder? foreign, bool isReduced = false)
    {
        if (isReduced)
        {
            content = ContentKey.Of(Encoding.UTF8.GetBytes($"{content}\nreduced"));
        }

        if (foreign is null)
        {
            return content;
        }

        string version = foreign is IVersionedDecoder versioned
            ? versioned.Version
            : $"{foreign.GetType().FullName} {foreign.GetType().Assembly.GetName().Version}";
        return ContentKey.Of(Encoding.UTF8.GetBytes($"{content}\n{foreign.FormatName}\n{version}"));
    }

    /// <summary>The key of a view of an image: that of the image, of the view's number, and of the settings that make the view.</summary>
    /// <param name="key">The key of the image itself.</param>
    /// <param name="augmentation">The settings of the view.</param>
    /// <param name="view">0 for the image itself, whose key is unchanged; from 1 for views.</param>
    public static ContentKey OfView(ContentKey key, ImageAugmentation augmentation, int view)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(view);
        return view == 0
            ? key
            : ContentKey.Of(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{key}\nview {view}\n{augmentation.Fingerprint}")));
    }
}
