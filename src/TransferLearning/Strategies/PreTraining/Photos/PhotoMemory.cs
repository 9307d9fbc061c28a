using System.Collections.Concurrent;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;

namespace TransferLearning.Strategies.PreTraining.Photos;

/// <summary>Keeps shrunk images in memory, by the hash of their files, up to a limit. Thread-safe.</summary>
/// <param name="maxBytes">The bytes of pixels that are kept.</param>
internal sealed class PhotoMemory(long maxBytes)
{
    /// <summary>The share of the memory that pixels take: training needs some itself, and so do other programs.</summary>
    private const int Share = 4;

    private readonly ConcurrentDictionary<ContentKey, RgbImage> _images = new();
    private long _bytes;

    /// <summary>A quarter of the memory that the process may use.</summary>
    public static PhotoMemory OfMachine() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share);

    /// <summary>The image; null where it is not kept.</summary>
    public RgbImage? Find(ContentKey key) => _images.GetValueOrDefault(key);

    /// <summary>Keeps an image where there is room.</summary>
    public void Add(ContentKey key, RgbImage image)
    {
        int bytes = image.Pixels.Length;
        if (Interlocked.Add(ref _bytes, bytes) > maxBytes || !_images.TryAdd(key, image))
        {
            Interlocked.Add(ref _bytes, -bytes);
        }
    }

    /// <summary>Removes all images but some.</summary>
    public void Keep(IEnumerable<ContentKey> keys)
    {
        HashSet<ContentKey> kept = [.. keys];
        foreach (ContentKey key in _images.Keys.Where(k => !kept.Contains(k)))
        {
            if (_images.TryRemove(key, out RgbImage? image))
            {
                Interlocked.Add(ref _bytes, -image.Pixels.Length);
            }
        }
    }
}
