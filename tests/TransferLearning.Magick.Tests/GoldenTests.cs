using TransferLearning.Imaging;

namespace TransferLearning.Magick.Tests;

/// <summary>Files that other programs wrote, beside what the format's reference program decodes them to: Golden/make_golden.py.</summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden", "files");

    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Where(n => Path.GetExtension(n) != ".png")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Pixels_are_within_two_levels_of_the_reference_program(string name)
    {
        RgbImage image = MagickFormats.All.Load(Path.Combine(Folder, name));
        RgbImage expected = ImageFormats.BuiltIn.Load(Path.Combine(Folder, name + ".png"));

        (image.Width, image.Height).ShouldBe((expected.Width, expected.Height));
        int largest = 0;
        for (int i = 0; i < expected.Pixels.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(image.Pixels[i] - expected.Pixels[i]));
        }

        largest.ShouldBeLessThanOrEqualTo(2);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_header_says_what_decoding_takes(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, name));
        var decoder = (IDecodingEstimator)MagickFormats.All.Decoders.First(d => d.Matches(file));

        DecodingEstimate estimate = decoder.Estimate(file, new DecoderOptions());

        (estimate.Width, estimate.Height, estimate.Reduction).ShouldBe((61, 45, 1));
        estimate.Bytes.ShouldBeGreaterThan(61 * 45 * 7);
        Should.Throw<InvalidImageException>(() => decoder.Estimate(file, new DecoderOptions { MaxPixels = 100 }));
    }
}
