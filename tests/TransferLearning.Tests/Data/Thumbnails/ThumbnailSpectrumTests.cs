using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;

namespace TransferLearning.Tests.Data.Thumbnails;

public class ThumbnailSpectrumTests
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_turned_picture_has_the_same_invariants_and_correlates_in_its_orientation(int orientation)
    {
        RgbImage photo = ImageFormats.BuiltIn.Load(SharedData.Photos(3)[2]);
        var turned = (Orientation)orientation;
        ThumbnailSpectrum picture = Of(PictureCopies.Turn(photo, turned)), other = Of(photo);

        float[] transposed = new float[ThumbnailSpectrum.Length], correlations = new float[Orientations.Count];
        ThumbnailSpectrum.Transpose(picture.Values, transposed);
        ThumbnailSpectrum.Correlate(picture.Values, transposed, other.Values, correlations);

        for (int i = 0; i < ThumbnailSpectrum.InvariantCount; i++)
        {
            picture.Invariants[i].ShouldBe(other.Invariants[i], 0.02f, $"invariant {i}");
        }

        correlations[orientation].ShouldBe(1, 0.001f);
        correlations.Where((_, o) => o != orientation).ShouldAllBe(c => c < 0.95f);
    }

    [Fact]
    public void A_picture_of_one_color_has_none()
    {
        byte[] pixels = new byte[40 * 30 * 3];
        pixels.AsSpan().Fill(90);

        ThumbnailSpectrum.Of(ImageThumbnail.Of(new RgbImage(40, 30, pixels))).ShouldBeNull();
    }

    private static ThumbnailSpectrum Of(RgbImage image) => ThumbnailSpectrum.Of(ImageThumbnail.Of(image)).ShouldNotBeNull();
}
