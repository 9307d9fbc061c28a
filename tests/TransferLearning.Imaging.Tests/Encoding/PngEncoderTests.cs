using TransferLearning.Imaging.Encoding;

namespace TransferLearning.Imaging.Tests.Encoding;

public sealed class PngEncoderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(64, 33)]
    public void A_decoded_file_is_the_encoded_image(int width, int height)
    {
        foreach (RgbImage? image in new[] { TestImages.Smooth(width, height), TestImages.Noise(width, height) })
        {
            ImageFormats.BuiltIn.Decode(PngEncoder.Encode(image)).Pixels.SequenceEqual(image.Pixels).ShouldBeTrue();
        }
    }

    [Fact]
    public void Smooth_images_are_compressed()
    {
        byte[] gradient = new byte[100 * 100 * 3];
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (byte)(i / 3 % 100);
        }

        PngEncoder.Encode(new RgbImage(100, 100, gradient)).Length.ShouldBeLessThan(gradient.Length / 50);
    }
}
