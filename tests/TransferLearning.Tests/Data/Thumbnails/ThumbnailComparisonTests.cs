using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;

namespace TransferLearning.Tests.Data.Thumbnails;

public class ThumbnailComparisonTests
{
    [SkippableFact]
    public void The_alignment_says_where_a_part_was_cut_out()
    {
        RgbImage photo = ImageFormats.BuiltIn.Load(SharedData.Photos(3)[1]);
        var whole = ImageThumbnail.Of(photo);
        var part = ImageThumbnail.Of(PictureCopies.Crop(photo, 0.08, 0.03, 0.9));

        ThumbnailMatch match = new ThumbnailComparison(part).Compare(whole, Orientation.Upright, 0);
        ThumbnailMatch reversed = new ThumbnailComparison(whole).Compare(part, Orientation.Upright, 0);

        // The part's middle is at 0.53 and 0.48 of the whole: 0.06 right of its middle, and 0.04 above, in halves of the picture.
        (match.IsCopy, match.IsWhole, reversed.IsCopy).ShouldBe((true, false, true));
        match.Alignment.ScaleX.ShouldBe(0.9f, 0.02f);
        match.Alignment.ScaleY.ShouldBe(0.9f, 0.02f);
        match.Alignment.ShiftX.ShouldBe(0.06f, 0.02f);
        match.Alignment.ShiftY.ShouldBe(-0.04f, 0.02f);
        ThumbnailAlignment back = reversed.Alignment.Invert();
        back.ScaleX.ShouldBe(0.9f, 0.02f);
        back.ShiftX.ShouldBe(0.06f, 0.02f);
    }

    [SkippableFact]
    public void A_pair_with_the_colors_exchanged_is_no_copy()
    {
        RgbImage photo = ImageFormats.BuiltIn.Load(SharedData.Photos(5)[4]);
        byte[] pixels = photo.Pixels.ToArray();
        for (int i = 0; i < pixels.Length; i += 3)
        {
            // Other colors of the same brightness.
            int gray = ((299 * pixels[i]) + (587 * pixels[i + 1]) + (114 * pixels[i + 2])) / 1000;
            for (int c = 0; c < 3; c++)
            {
                pixels[i + c] = (byte)Math.Clamp((2 * gray) - pixels[i + c], 0, 255);
            }
        }

        var other = ImageThumbnail.Of(new RgbImage(photo.Width, photo.Height, pixels));

        new ThumbnailComparison(ImageThumbnail.Of(photo)).Compare(other, Orientation.Upright, 1).IsCopy.ShouldBeFalse();
    }
}
