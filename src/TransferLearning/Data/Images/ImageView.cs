using TransferLearning.Imaging;

namespace TransferLearning.Data.Images;

/// <summary>Makes the views of an image.</summary>
internal static class ImageView
{
    /// <summary>A view of an image; the image itself where its number is 0.</summary>
    /// <param name="image">The pixels of the image.</param>
    /// <param name="content">The hash of its file.</param>
    /// <param name="augmentation">What a view shows.</param>
    /// <param name="view">The number of the view, at least 0.</param>
    public static RgbImage Of(RgbImage image, ContentKey content, ImageAugmentation augmentation, long view) =>
        view == 0 ? image : augmentation.Apply(image, ViewSeed.Of(content, view));
}
