using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Imaging.Tests.Transforms;

public sealed class ImageToTensorTests
{
    [Theory]
    [InlineData(40, 30, 16, 16, ResizeMode.Stretch, 1f)]
    [InlineData(40, 30, 16, 16, ResizeMode.CenterCrop, 1f)]
    [InlineData(41, 97, 32, 24, ResizeMode.CenterCrop, 0.875f)]
    [InlineData(41, 97, 32, 24, ResizeMode.Stretch, 0.5f)]
    [InlineData(7, 5, 33, 20, ResizeMode.Stretch, 1f)]
    [InlineData(1, 1, 8, 8, ResizeMode.CenterCrop, 1f)]
    [InlineData(500, 3, 4, 9, ResizeMode.Stretch, 1f)]
    [InlineData(3, 500, 9, 1, ResizeMode.CenterCrop, 1f)]
    [InlineData(224, 224, 224, 224, ResizeMode.CenterCrop, 1f)]
    [InlineData(40, 30, 16, 16, ResizeMode.Pad, 1f)]
    [InlineData(30, 47, 17, 15, ResizeMode.Pad, 1f)]
    [InlineData(41, 97, 32, 24, ResizeMode.Pad, 0.875f)]
    [InlineData(40, 39, 16, 16, ResizeMode.Pad, 0.5f)]
    [InlineData(500, 3, 16, 9, ResizeMode.Pad, 1f)]
    [InlineData(3, 5, 20, 20, ResizeMode.Pad, 1f)]
    public void The_result_is_that_of_the_definition(int width, int height, int toWidth, int toHeight, ResizeMode mode, float fraction)
    {
        foreach (Interpolation interpolation in Enum.GetValues<Interpolation>())
        {
            CompareWithDefinition(TestImages.Noise(width, height), new ImagePreprocessing
            {
                Width = toWidth,
                Height = toHeight,
                Resize = mode,
                CropFraction = fraction,
                Interpolation = interpolation,
                Normalization = PixelNormalization.Torchvision,
            });
        }
    }

    [Theory]
    [InlineData(40, 30, 16, 16)]
    [InlineData(41, 97, 7, 5)]
    [InlineData(5, 3, 1, 1)]
    public void Blue_comes_first_where_the_network_wants_it(int width, int height, int toWidth, int toHeight)
    {
        RgbImage image = TestImages.Noise(width, height);
        var preprocessing = new ImagePreprocessing
        {
            Width = toWidth,
            Height = toHeight,
            Normalization = PixelNormalization.Torchvision with { ChannelOrder = ChannelOrder.Bgr },
        };
        float[] rgb = new float[toWidth * toHeight * 3];

        ImageToTensor.Convert(image, preprocessing with { Normalization = PixelNormalization.Torchvision }, rgb);
        float[] actual = CompareWithDefinition(image, preprocessing);

        actual.ShouldBe(rgb.Chunk(3).SelectMany(pixel => pixel.Reverse()));
    }

    [Fact]
    public void A_negative_scale_is_limited_like_a_positive_one() => CompareWithDefinition(TestImages.Noise(40, 30), new ImagePreprocessing
    {
        Width = 50,
        Height = 60,
        Interpolation = Interpolation.Bicubic,
        Normalization = new PixelNormalization(255, 100, 0, -255, 255, -1),
    });

    [Fact]
    public void An_image_of_the_right_size_is_only_normalized()
    {
        RgbImage image = TestImages.Noise(19, 23);
        float[] actual = new float[19 * 23 * 3];

        ImageToTensor.Convert(image, new ImagePreprocessing { Width = 19, Height = 23, Normalization = PixelNormalization.None }, actual);

        actual.ShouldBe(image.Pixels.ToArray().Select(v => (float)v));
    }

    [Fact]
    public void A_destination_of_the_wrong_length_is_refused()
    {
        var preprocessing = new ImagePreprocessing { Width = 8, Height = 8 };

        Should.Throw<ArgumentException>(() => ImageToTensor.Convert(TestImages.Noise(4, 4), preprocessing, new float[(8 * 8 * 3) + 1]))
            .Message.ShouldContain("192 floats");
    }

    [Fact]
    public void Many_threads_give_the_same_bits()
    {
        RgbImage image = TestImages.Noise(123, 77);
        var preprocessing = new ImagePreprocessing { Width = 50, Height = 60, Resize = ResizeMode.CenterCrop };
        float[] expected = new float[50 * 60 * 3];
        ImageToTensor.Convert(image, preprocessing, expected);

        Parallel.For(0, 64, _ =>
        {
            float[] actual = new float[expected.Length];
            ImageToTensor.Convert(image, preprocessing, actual);
            actual.AsSpan().SequenceEqual(expected).ShouldBeTrue();
        });
    }

    private static float[] CompareWithDefinition(RgbImage image, ImagePreprocessing preprocessing)
    {
        double[] expected = ReferenceResize.Convert(image, preprocessing);
        float[] actual = new float[expected.Length];
        Array.Fill(actual, float.NaN);

        ImageToTensor.Convert(image, preprocessing, actual);

        for (int i = 0; i < actual.Length; i++)
        {
            ((double)actual[i]).ShouldBe(expected[i], 2e-5 * Math.Max(1, Math.Abs(expected[i])));
        }

        return actual;
    }
}
