using System.Globalization;
using TransferLearning.Imaging;

namespace TransferLearning.Strategies.Augmentation;

/// <summary>How training images are varied. Immutable.</summary>
/// <param name="Policy">What a view shows.</param>
/// <param name="Views">The number of views of each training image that are learned from beside the image itself.</param>
internal sealed record AugmentationSettings(ImageAugmentation Policy, int Views)
{
    public const int MaxViews = 64;

    /// <param name="problems">A sentence is added for each problem.</param>
    public void Validate(List<string> problems)
    {
        if (Views is < 1 or > MaxViews)
        {
            problems.Add($"the number of views per training image is {Views}: it must be in 1..{MaxViews}; for none, leave "
                + "WithAugmentation out");
        }

        if (!Policy.ChangesImages)
        {
            problems.Add("the augmentation changes nothing, so each view would be the image itself: give WithAugmentation "
                + "ImageAugmentation.Photos or ImageAugmentation.Flip, or set what views change");
        }
    }

    /// <summary>The number of views and the policy, for people: "4 views, photos".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Views} {(Views == 1 ? "view" : "views")}, {Policy.Description}");
}
