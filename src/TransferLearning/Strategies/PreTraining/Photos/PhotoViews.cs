using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Tuning.Stages;

namespace TransferLearning.Strategies.PreTraining.Photos;

/// <summary>Which view of an image each epoch shows. Immutable.</summary>
/// <param name="Augmentation">What a view shows.</param>
/// <param name="Count">
/// The number of views, the first of which is the image itself, that the epochs show in turn; null for another view in each epoch.
/// </param>
internal sealed record PhotoViews(ImageAugmentation Augmentation, int? Count)
{
    /// <summary>The number of the view: 0 for the image itself.</summary>
    /// <param name="image">The number of the image. Images begin with different views, so that each epoch shows all of them.</param>
    /// <param name="epoch">The epoch, from 0; null for the image itself.</param>
    public long Of(int image, int? epoch) => !Augmentation.ChangesImages ? 0
        : Count is { } count ? ViewNumber.Fixed(image, epoch, count - 1)
        : ViewNumber.Fresh(Augmentation, epoch);

    /// <summary>Makes a view.</summary>
    /// <param name="pixels">The image.</param>
    /// <param name="content">The hash of its file.</param>
    /// <param name="view">The number of the view.</param>
    public RgbImage Make(RgbImage pixels, ContentKey content, long view) => ImageView.Of(pixels, content, Augmentation, view);
}
