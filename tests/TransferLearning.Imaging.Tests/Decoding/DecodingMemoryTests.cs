using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests.Golden;

namespace TransferLearning.Imaging.Tests.Decoding;

public sealed class DecodingMemoryTests
{
    private const long MaxBytes = 150L << 20;

    [Theory]
    [InlineData("png")]
    [InlineData("png interlaced")]
    [InlineData("jpeg")]
    [InlineData("jpeg progressive")]
    public void An_image_of_256_megapixels_takes_little_memory_and_no_more_than_its_estimate(string kind)
    {
        byte[] file = kind switch
        {
            "png" => HostileFiles.BlankPng(16_000),
            "png interlaced" => HostileFiles.BlankPng(16_000, interlaced: true),
            "jpeg" => HostileFiles.FlatJpeg(16_000, progressive: false),
            "jpeg progressive" => HostileFiles.FlatJpeg(16_000, progressive: true),
            _ => throw new ArgumentException($"{kind} is not tested", nameof(kind)),
        };
        long before = GC.GetAllocatedBytesForCurrentThread();

        RgbImage image = ImageFormats.BuiltIn.DecodeReduced(file, ImageLimits.Default, minSide: 1);

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        long estimate = ImageFormats.BuiltIn.EstimateMemory(file.AsSpan(0, 1024), file.Length, ImageLimits.Default, 1);
        (image.Width, image.Height).ShouldBe((2000, 2000));
        image.Pixels.IndexOfAnyExcept(image.Pixels[0]).ShouldBe(-1);
        taken.ShouldBeLessThan(Math.Min(estimate + (2L << 20), MaxBytes));
        estimate.ShouldBeLessThan(MaxBytes);
    }

    [Fact]
    public void A_file_too_short_for_its_pixels_is_refused_at_once()
    {
        foreach (byte[] file in (byte[][])[HostileFiles.EmptyGif(16_384), HostileFiles.EmptyBmp(16_384), HostileFiles.EmptyGif(6000)])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();

            Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(file)).Message
                .ShouldContain($"the file has only {file.Length} bytes");

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
        }

        ImageFormats.BuiltIn.Decode(HostileFiles.EmptyGif(2000)).Width.ShouldBe(2000);
        ImageFormats.BuiltIn.Decode(HostileFiles.EmptyBmp(2000)).Width.ShouldBe(2000);
    }

    [Fact]
    public void The_header_of_every_file_says_what_decoding_takes()
    {
        foreach ((string name, int width, int height, uint _) in GoldenFiles.All())
        {
            byte[] file = GoldenFiles.Read(name);
            var decoder = (IDecodingEstimator)ImageFormats.BuiltIn.Decoders.First(d => d.Matches(file));

            DecodingEstimate estimate = decoder.Estimate(file, DecoderOptions.Default);

            (Math.Max(estimate.Width, estimate.Height), Math.Min(estimate.Width, estimate.Height), estimate.Reduction)
                .ShouldBe((Math.Max(width, height), Math.Min(width, height), 1), name);
            estimate.Bytes.ShouldBeGreaterThanOrEqualTo(width * height * 3, name);
        }
    }

    [Fact]
    public void An_image_that_takes_more_than_the_memory_is_refused_before_it_is_decoded()
    {
        byte[] file = HostileFiles.FlatJpeg(6000, progressive: true);
        var limits = new ImageLimits { MaxMemory = 100 << 20 };

        string message = Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.DecodeReduced(file, limits, 1)).Message;

        message.ShouldContain("6000 x 6000");
        message.ShouldContain("ImageLimits.MaxMemory");
        ImageFormats.BuiltIn.DecodeReduced(file, ImageLimits.Default, 1).Width.ShouldBe(6000);
    }

    [Fact]
    public void A_decoder_without_estimates_is_counted_by_the_length_of_the_file()
    {
        ImageFormats formats = ImageFormats.BuiltIn.Add(new Formats.ToyDecoder());
        byte[] file = [.. "TOY1"u8];

        long estimate = formats.EstimateMemory(file, 100L << 20, ImageLimits.Default, 1);

        (formats.Decoders[^1].Matches(file), estimate).ShouldBe((true, 1200L << 20));
        formats.EstimateMemory("what is this"u8, 12, ImageLimits.Default, 1).ShouldBe(0);
    }

    [Fact]
    public void A_scan_that_is_longer_than_a_part_of_the_file_that_is_read_is_decoded_and_checked()
    {
        RgbImage noise = TestImages.Noise(700, 500);
        byte[] file = JpegEncoder.Encode(noise, 97, ChromaSubsampling.None);

        RgbImage decoded = ImageFormats.BuiltIn.Decode(file);

        file.Length.ShouldBeGreaterThan(300_000);
        TestImages.MeanDifference(decoded, noise).ShouldBeLessThan(4);
        for (int length = file.Length - 20; length > 1000; length -= 37_123)
        {
            Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(file.AsSpan(0, length)))
                .Message.ShouldContain($"ends at byte {length}");
        }
    }
}
