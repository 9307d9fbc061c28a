using TransferLearning.Imaging.Encoding;

namespace TransferLearning.Imaging.Tests.Encoding;

public sealed class JpegEncoderTests
{
    [Theory]
    [InlineData(false, 100, 1.0)]
    [InlineData(false, 90, 4.0)]
    [InlineData(true, 90, 5.0)]
    public void A_decoded_file_is_nearly_the_encoded_image(bool halvesChroma, int quality, double tolerance)
    {
        ChromaSubsampling subsampling = halvesChroma ? ChromaSubsampling.Halved : ChromaSubsampling.None;

        foreach ((int width, int height) in new[] { (1, 1), (17, 9), (64, 48) })
        {
            RgbImage image = TestImages.Smooth(width, height);

            RgbImage decoded = ImageFormats.BuiltIn.Decode(JpegEncoder.Encode(image, quality, subsampling));

            TestImages.MeanDifference(decoded, image).ShouldBeLessThan(tolerance);
        }
    }

    [Fact]
    public void Noise_at_the_best_quality_is_nearly_the_same()
    {
        RgbImage image = TestImages.Noise(40, 40);

        RgbImage decoded = ImageFormats.BuiltIn.Decode(JpegEncoder.Encode(image, 100, ChromaSubsampling.None));

        TestImages.MeanDifference(decoded, image).ShouldBeLessThan(1.0);
    }

    [Fact]
    public void A_lower_quality_makes_a_smaller_file()
    {
        RgbImage image = TestImages.Smooth(200, 200);

        JpegEncoder.Encode(image, 30).Length.ShouldBeLessThan(JpegEncoder.Encode(image, 90).Length / 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_out_of_range_is_refused(int quality) =>
        Should.Throw<ArgumentOutOfRangeException>(() => JpegEncoder.Encode(TestImages.Smooth(8, 8), quality));
}
