using TransferLearning.Imaging;

namespace TransferLearning.Tuning.Stages;

/// <summary>Chooses the view of each image in an epoch.</summary>
internal static class ViewNumber
{
    /// <summary>Another one in each epoch; the image itself where views do not differ from it, or outside of the training.</summary>
    public static long Fresh(ImageAugmentation augmentation, int? epoch) =>
        epoch is { } number && augmentation.ChangesImages ? number + 1L : 0;

    /// <summary>One of a fixed number of views, the image itself among them, each in turn; images begin with different ones.</summary>
    /// <param name="image">The number of the image.</param>
    /// <param name="epoch">The epoch, from 0; null for the image itself.</param>
    /// <param name="views">The number of views beside the image itself.</param>
    public static int Fixed(int image, int? epoch, int views) => epoch is { } number ? (image + number) % (views + 1) : 0;
}
