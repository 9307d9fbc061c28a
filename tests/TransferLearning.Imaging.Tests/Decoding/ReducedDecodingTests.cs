using TransferLearning.Imaging.Tests.Golden;

namespace TransferLearning.Imaging.Tests.Decoding;

public sealed class ReducedDecodingTests
{
    public static TheoryData<string, int> FilesAndReductions()
    {
        var data = new TheoryData<string, int>();
        foreach ((string name, int width, int height, uint _) in GoldenFiles.All())
        {
            foreach (int reduction in (int[])[2, 4, 8])
            {
                if (Math.Min(width, height) >= reduction)
                {
                    data.Add(name, reduction);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(FilesAndReductions))]
    public void A_reduced_pixel_is_the_mean_of_a_square(string name, int reduction)
    {
        byte[] file = GoldenFiles.Read(name);
        RgbImage full = ImageFormats.BuiltIn.Decode(file);

        RgbImage reduced = ImageFormats.BuiltIn.Decode(file, Reducing(full, reduction));

        RgbImage expected = Means(full, reduction);
        (reduced.Width, reduced.Height).ShouldBe((expected.Width, expected.Height));
        if (Path.GetExtension(name) != ".jpg")
        {
            // Squares that the right and the lower edge cut are on the other side of an image that was turned.
            if (!name.StartsWith("orientation", StringComparison.Ordinal))
            {
                reduced.Pixels.SequenceEqual(expected.Pixels).ShouldBeTrue();
            }
        }
        else if (full.Width > 16)
        {
            // Colors are averaged before they are interpolated, and few frequencies of a progressive file are kept.
            TestImages.MeanDifference(reduced, expected).ShouldBeLessThan(name.StartsWith("sampling", StringComparison.Ordinal) ? 5 : 4);
        }
    }

    [Theory]
    [InlineData("gray.jpg")]
    [InlineData("gray-progressive.jpg")]
    public void Grays_of_a_JPEG_file_are_means_but_for_the_edges(string name)
    {
        byte[] file = GoldenFiles.Read(name);
        RgbImage full = ImageFormats.BuiltIn.Decode(file);
        RgbImage expected = Means(full, 8);

        RgbImage reduced = ImageFormats.BuiltIn.Decode(file, Reducing(full, 8));

        for (int y = 0; y < full.Height / 8; y++)
        {
            for (int x = 0; x < full.Width / 8 * 3; x++)
            {
                int at = (y * reduced.Width * 3) + x;
                Math.Abs(reduced.Pixels[at] - expected.Pixels[at]).ShouldBeLessThanOrEqualTo(1);
            }
        }
    }

    [Theory]
    [InlineData(8000, 5000, 1)]
    [InlineData(8001, 5000, 2)]
    [InlineData(9000, 6000, 4)]
    [InlineData(16000, 16000, 8)]
    [InlineData(100_000, 500, 1)]
    [InlineData(50_000, 3000, 2)]
    public void Only_images_above_40_megapixels_are_reduced_and_not_below_the_smallest_side(int width, int height, int expected) =>
        ImageLimits.Default.Reducing(minSide: 1).ReductionOf(width, height).ShouldBe(expected);

    [Fact]
    public void A_large_network_input_keeps_more_pixels() =>
        ImageLimits.Default.Reducing(minSide: 3000).ReductionOf(16_000, 16_000).ShouldBe(4);

    [Fact]
    public void The_public_methods_decode_at_full_size()
    {
        byte[] file = HostileFiles.BlankPng(6500);

        ImageFormats.BuiltIn.Decode(file).Width.ShouldBe(6500);
        ImageFormats.BuiltIn.Decode(file, ImageLimits.Default).Width.ShouldBe(6500);
        ImageFormats.BuiltIn.DecodeReduced(file, ImageLimits.Default, minSide: 1).Width.ShouldBe(3250);
    }

    private static DecoderOptions Reducing(RgbImage full, int reduction) => new()
    {
        ReduceAbovePixels = 1,
        MinReducedSide = 1,
        MaxReducedPixels = (long)full.Width * full.Height / (reduction * reduction),
    };

    private static RgbImage Means(RgbImage image, int square)
    {
        int width = (image.Width + square - 1) / square;
        int height = (image.Height + square - 1) / square;
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int x, int y, int channel) = (i / 3 % width * square, i / 3 / width * square, i % 3);
            (int right, int bottom) = (Math.Min(x + square, image.Width), Math.Min(y + square, image.Height));
            int sum = 0;
            for (int row = y; row < bottom; row++)
            {
                for (int column = x; column < right; column++)
                {
                    sum += image.Pixels[(((row * image.Width) + column) * 3) + channel];
                }
            }

            int count = (right - x) * (bottom - y);
            pixels[i] = (byte)((sum + (count / 2)) / count);
        }

        return new RgbImage(width, height, pixels);
    }
}
