using TransferLearning.Cli.Options.Texts;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Cli.Tests.Options.Texts;

public class NormalizationTextTests
{
    [Fact]
    public void Names_are_presets()
    {
        Parse("torchvision").ShouldBe(PixelNormalization.Torchvision);
        Parse("inception").ShouldBe(PixelNormalization.Inception);
        Parse("zero-one").ShouldBe(PixelNormalization.ZeroToOne);
        Parse("caffe").ShouldBe(PixelNormalization.Caffe);
        Parse("none").ShouldBe(PixelNormalization.None);
    }

    [Fact]
    public void Numbers_of_at_most_1_are_for_values_0_to_1()
    {
        NormalizationText.Parse("mean=0.485,0.456,0.406/std=0.229,0.224,0.225", out string? note)
            .ShouldBe(PixelNormalization.Torchvision);
        note!.ShouldContain("0..1");
        NormalizationText.Parse("mean=127.5,127.5,127.5/std=127.5,127.5,127.5", out note).ShouldBe(PixelNormalization.Inception);
        note!.ShouldContain("0..255");
        Parse("mean=0,0,0/std=1,1,1").ShouldBe(PixelNormalization.ZeroToOne);
        Parse("mean=123,117,104/std=1,1,1").ShouldBe(new PixelNormalization(123, 117, 104, 1, 1, 1));
    }

    [Theory]
    [InlineData("imagenet")]
    [InlineData("mean=1,2,3")]
    [InlineData("mean=1,2/std=1,1,1")]
    [InlineData("mean=1,2,3/std=1,0,1")]
    [InlineData("mean=1,2,3/std=1,x,1")]
    [InlineData("mean=1,2,NaN/std=1,1,1")]
    [InlineData("mean=1,2,3/std=1,1,1,1")]
    public void Anything_else_is_refused(string text) => Parse(text).ShouldBeNull();

    private static PixelNormalization? Parse(string text) => NormalizationText.Parse(text, out _);
}
