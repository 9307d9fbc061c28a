using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;

namespace TransferLearning.Bottlenecks;

/// <summary>What an extraction computes of each image: the image itself, or further views of it. Immutable.</summary>
internal sealed class ImageViews
{
    private readonly ImageAugmentation _augmentation;
    private readonly int _first;

    private ImageViews(ImageAugmentation augmentation, int first, int count) =>
        (_augmentation, _first, Count) = (augmentation, first, count);

    /// <summary>The image itself.</summary>
    public static ImageViews Itself { get; } = new(ImageAugmentation.None, 0, 1);

    /// <summary>The number of bottlenecks per image.</summary>
    public int Count { get; }

    /// <summary>Whether only the image itself is computed.</summary>
    public bool IsItself => _first == 0;

    /// <summary>Views of the image, without the image itself.</summary>
    /// <param name="augmentation">What a view shows.</param>
    /// <param name="count">At least 1.</param>
    public static ImageViews Of(ImageAugmentation augmentation, int count) => new(augmentation, 1, count);

    /// <summary>The key of a view in the cache.</summary>
    /// <param name="image">The key of the image.</param>
    /// <param name="view">0 to <see cref="Count"/> - 1.</param>
    public ContentKey KeyOf(ContentKey image, int view) => CacheKey.OfView(image, _augmentation, _first + view);

    /// <summary>Makes a view.</summary>
    /// <param name="image">The pixels of the image.</param>
    /// <param name="content">The hash of its file.</param>
    /// <param name="view">0 to <see cref="Count"/> - 1.</param>
    public RgbImage Make(RgbImage image, ContentKey content, int view) =>
        ImageView.Of(image, content, _augmentation, _first + view);
}
