using System.Collections.Immutable;
using TransferLearning.Backbones;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;

namespace TransferLearning.Tests.Backbones.Preprocessing;

public class ImageDenotationsTests
{
    [Fact]
    public void Custom_Vision_says_range_and_order()
    {
        StatedPreprocessing stated = Read(
            ("Image.BitmapPixelFormat", "Bgr8"), ("Image.ColorSpaceGamma", "SRGB"), ("Image.NominalPixelRange", "NominalRange_0_255"))!;

        (stated.Source, stated.ChannelOrder, stated.Normalization).ShouldBe(
            (PreprocessingSource.Denotation, ChannelOrder.Bgr, PixelNormalization.None));
        stated.Reason.ShouldBe("Image.NominalPixelRange in its metadata");
    }

    [Fact]
    public void Each_range_maps_black_and_white_to_its_ends()
    {
        foreach ((string range, float black, float white) in new[]
        {
            ("NominalRange_0_255", 0f, 255f), ("Normalized_0_1", 0f, 1f), ("Normalized_1_1", -1f, 1f), ("NominalRange_16_235", 16f, 235f),
        })
        {
            PixelNormalization n = Read(("Image.NominalPixelRange", range))!.Normalization!;

            ((0 - n.MeanG) / n.ScaleG).ShouldBe(black, 1e-4f, range);
            ((255 - n.MeanG) / n.ScaleG).ShouldBe(white, 1e-4f, range);
        }
    }

    [Fact]
    public void A_part_leaves_the_rest_open_and_other_metadata_says_nothing()
    {
        Read(("Image.BitmapPixelFormat", "Rgb8"))!.Normalization.ShouldBeNull();
        Read(("Image.NominalPixelRange", "Normalized_0_1"))!.ChannelOrder.ShouldBeNull();
        Read(("author", "x")).ShouldBeNull();
    }

    [Theory]
    [InlineData("Image.BitmapPixelFormat", "Gray8")]
    [InlineData("Image.NominalPixelRange", "0..7")]
    [InlineData("Image.ColorSpaceGamma", "Linear")]
    public void What_is_not_supported_is_named(string key, string value)
    {
        string message = Should.Throw<InvalidNetworkException>(() => Read((key, value))).Message;

        message.ShouldContain(key);
        message.ShouldContain(value);
    }

    private static StatedPreprocessing? Read(params (string Key, string Value)[] metadata) =>
        ImageDenotations.Read(metadata.ToImmutableSortedDictionary(m => m.Key, m => m.Value));
}
