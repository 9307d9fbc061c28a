using TransferLearning.Backbones;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Backbones.Preprocessing;

public class PreprocessingChoiceTests
{
    [Fact]
    public void For_each_setting_the_first_that_mentions_it_counts()
    {
        ImagePreprocessing chosen = Choose(
            Stated(PreprocessingSource.Options) with { Interpolation = Interpolation.Bicubic },
            null,
            Stated(PreprocessingSource.FirstNodes) with { Normalization = PixelNormalization.None },
            Stated(PreprocessingSource.Denotation) with
            {
                Normalization = PixelNormalization.ZeroToOne,
                ChannelOrder = ChannelOrder.Bgr,
                Interpolation = Interpolation.Bilinear,
                Resize = ResizeMode.Pad,
                CropFraction = 0.5f,
                Size = (40, 50),
            }).ToPreprocessing(-1, -1, null);

        chosen.ShouldBe(new ImagePreprocessing
        {
            Width = 40,
            Height = 50,
            Resize = ResizeMode.Pad,
            CropFraction = 0.5f,
            Interpolation = Interpolation.Bicubic,
            Normalization = PixelNormalization.None with { ChannelOrder = ChannelOrder.Bgr },
        });
    }

    [Fact]
    public void The_source_is_that_of_the_normalization()
    {
        PreprocessingChoice choice = Choose(
            Stated(PreprocessingSource.Options) with { Resize = ResizeMode.Pad },
            Stated(PreprocessingSource.Sidecar) with { Normalization = PixelNormalization.ZeroToOne });

        (choice.Source, choice.Reason).ShouldBe((PreprocessingSource.Sidecar, "Sidecar"));
        choice.IsNormalizationKnown.ShouldBeFalse();
        Choose(Stated(PreprocessingSource.Options) with { ChannelOrder = ChannelOrder.Bgr }).Source.ShouldBe(PreprocessingSource.Assumed);
    }

    [Fact]
    public void A_crop_fraction_belongs_to_the_mode_that_its_source_names()
    {
        StatedPreprocessing sidecar = Stated(PreprocessingSource.Sidecar) with { Resize = ResizeMode.CenterCrop, CropFraction = 0.875f };

        Choose(Stated(PreprocessingSource.Options) with { Resize = ResizeMode.Stretch }, sidecar).ToPreprocessing(9, 9, null)
            .CropFraction.ShouldBe(1);
        ImagePreprocessing cropped = Choose(Stated(PreprocessingSource.Options) with { CropFraction = 0.9f }, sidecar)
            .ToPreprocessing(9, 9, null);
        (cropped.Resize, cropped.CropFraction).ShouldBe((ResizeMode.CenterCrop, 0.9f));
    }

    [Fact]
    public void The_size_is_the_callers_then_the_networks_then_the_sources()
    {
        StatedPreprocessing sidecar = Stated(PreprocessingSource.Sidecar) with { Size = (300, 200) };
        (int, int) Size(int declared, int? given, StatedPreprocessing? stated)
        {
            ImagePreprocessing p = Choose(stated).ToPreprocessing(declared, declared, given);
            return (p.Width, p.Height);
        }

        Size(160, 96, sidecar).ShouldBe((96, 96));
        Size(160, null, sidecar).ShouldBe((160, 160));
        Size(-1, null, sidecar).ShouldBe((300, 200));
        Size(-1, null, null).ShouldBe((224, 224));
    }

    [Fact]
    public void Nothing_said_is_minus_1_to_1_of_stretched_images()
    {
        PreprocessingChoice choice = Choose();

        choice.ToPreprocessing(8, 8, null).ShouldBe(new ImagePreprocessing { Width = 8, Height = 8 });
        choice.Source.ShouldBe(PreprocessingSource.Assumed);
    }

    private static StatedPreprocessing Stated(PreprocessingSource source) => new(source, source.ToString());

    private static PreprocessingChoice Choose(params StatedPreprocessing?[] sources)
    {
        var choice = new PreprocessingChoice();
        foreach (StatedPreprocessing? stated in sources)
        {
            choice.Add(stated);
        }

        return choice;
    }
}
