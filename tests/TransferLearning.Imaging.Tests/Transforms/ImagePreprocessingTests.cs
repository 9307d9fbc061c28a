using System.Globalization;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Imaging.Tests.Transforms;

public sealed class ImagePreprocessingTests
{
    private static readonly ImagePreprocessing Base = new() { Width = 224, Height = 192 };

    [Fact]
    public void The_fingerprint_is_stable() => Base.Fingerprint.ShouldBe(
        "bilinear 224x192 Stretch 1 rgb mean 127.5,127.5,127.5 scale 127.5,127.5,127.5");

    [Fact]
    public void The_fingerprint_differs_with_every_setting()
    {
        ImagePreprocessing[] variants =
        [
            Base,
            Base with { Width = 225 },
            Base with { Height = 193 },
            Base with { Resize = ResizeMode.CenterCrop },
            Base with { Resize = ResizeMode.Pad },
            Base with { CropFraction = 0.875f },
            Base with { Interpolation = Interpolation.Bicubic },
            Base with { Normalization = PixelNormalization.Torchvision },
            Base with { Normalization = PixelNormalization.Inception with { ScaleB = 127.50001f } },
            Base with { Normalization = PixelNormalization.Inception with { ChannelOrder = ChannelOrder.Bgr } },
        ];

        variants.Select(v => v.Fingerprint).Distinct().Count().ShouldBe(variants.Length);
    }

    [Fact]
    public void The_fingerprint_is_the_same_in_every_culture()
    {
        string expected = (Base with { CropFraction = 0.875f }).Fingerprint;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = comma;
            (Base with { CropFraction = 0.875f }).Fingerprint.ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Base with { Width = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => Base with { Height = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => Base with { CropFraction = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => Base with { CropFraction = float.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => Base with { Resize = (ResizeMode)7 }).Message.ShouldContain("CenterCrop");
        Should.Throw<ArgumentOutOfRangeException>(() => Base with { Interpolation = (Interpolation)7 }).Message.ShouldContain("Bicubic");
        Should.Throw<ArgumentOutOfRangeException>(() => PixelNormalization.None with { ChannelOrder = (ChannelOrder)7 })
            .Message.ShouldContain("Bgr");
        Should.Throw<ArgumentOutOfRangeException>(() => Base with { Normalization = new PixelNormalization(0, 0, 0, 1, 0, 1) });
    }
}
