using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Imaging.Tests.Transforms;

public class ThumbnailTests
{
    [Theory]
    [InlineData(400, 200, 100, 50)]
    [InlineData(200, 400, 50, 100)]
    [InlineData(60, 40, 60, 40)]
    [InlineData(3000, 1, 100, 1)]
    public void The_longer_side_is_shrunk_and_the_aspect_ratio_stays(int width, int height, int newWidth, int newHeight)
    {
        RgbImage small = Thumbnail.Of(new RgbImage(width, height, new byte[width * height * 3]), 100);

        (small.Width, small.Height).ShouldBe((newWidth, newHeight));
    }

    [Fact]
    public void The_color_stays()
    {
        byte[] pixels = [.. Enumerable.Range(0, 64 * 64).SelectMany(_ => new byte[] { 250, 120, 7 })];

        RgbImage small = Thumbnail.Of(new RgbImage(64, 64, pixels), 10);

        small.Pixels[..3].ToArray().ShouldBe([250, 120, 7]);
        small.Pixels[^3..].ToArray().ShouldBe([250, 120, 7]);
    }
}
