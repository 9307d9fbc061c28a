using System.Diagnostics;
using ImageMagick;
using TransferLearning.Imaging;

namespace TransferLearning.Magick.Tests;

public sealed class MagickFormatsTests
{
    private const int Width = 61;
    private const int Height = 47;

    // A smooth picture, which lossy formats keep to a few levels.
    private static readonly byte[] Pixels =
    [
        .. from y in Enumerable.Range(0, Height)
           from x in Enumerable.Range(0, Width)
           from value in (int[])[4 * x, 5 * y, 255 - (2 * (x + y))]
           select (byte)value,
    ];

    [Theory]
    [InlineData(MagickFormat.WebP, "WebP")]
    [InlineData(MagickFormat.Jxl, "JPEG XL")]
    [InlineData(MagickFormat.Jp2, "JPEG 2000")]
    [InlineData(MagickFormat.J2k, "JPEG 2000")]
    [InlineData(MagickFormat.Tiff, "TIFF")]
    public void A_lossless_file_decodes_to_its_pixels(MagickFormat format, string name)
    {
        byte[] file = Encode(format);

        RgbImage image = MagickFormats.All.Decode(file);

        (image.Width, image.Height).ShouldBe((Width, Height));
        image.Pixels.SequenceEqual(Pixels).ShouldBeTrue();
        MagickFormats.All.Decoders.First(d => d.Matches(file)).FormatName.ShouldBe(name);
    }

    [Fact]
    public void An_AVIF_file_decodes_to_nearly_its_pixels()
    {
        RgbImage image = MagickFormats.All.Decode(Encode(MagickFormat.Avif));

        Pixels.Zip(image.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(3);
    }

    [Fact]
    public void Transparent_pixels_are_laid_over_white()
    {
        using var image = new MagickImage(new MagickColor(255, 0, 0, 0), 8, 8) { Format = MagickFormat.WebP };
        image.Settings.SetDefine(MagickFormat.WebP, "lossless", "true");

        MagickFormats.All.Decode(image.ToByteArray()).Pixels.IndexOfAnyExcept((byte)255).ShouldBe(-1);
    }

    [Fact]
    public void An_image_is_turned_upright()
    {
        using MagickImage image = Picture();
        image.Orientation = Orientation.RightTop;
        image.Format = MagickFormat.Tiff;

        RgbImage upright = MagickFormats.All.Decode(image.ToByteArray());

        (upright.Width, upright.Height).ShouldBe((Height, Width));
        upright.Pixels[..3].SequenceEqual(Pixels.AsSpan((Height - 1) * Width * 3, 3)).ShouldBeTrue();
    }

    [Fact]
    public void The_first_page_of_a_TIFF_file_is_decoded()
    {
        using var pages = new MagickImageCollection { Picture(), new MagickImage(MagickColors.Red, 5, 5) };

        MagickFormats.All.Decode(pages.ToByteArray(MagickFormat.Tiff)).Width.ShouldBe(Width);
    }

    [Theory]
    [InlineData(MagickFormat.WebP)]
    [InlineData(MagickFormat.Avif)]
    [InlineData(MagickFormat.Jxl)]
    [InlineData(MagickFormat.Jp2)]
    [InlineData(MagickFormat.Tiff)]
    public void A_file_beyond_the_limits_or_damaged_is_an_invalid_image(MagickFormat format)
    {
        byte[] file = Encode(format);
        var limits = new ImageLimits { MaxPixels = (Width * Height) - 1 };

        Should.Throw<InvalidImageException>(() => MagickFormats.All.Decode(file, limits)).Message.ShouldContain("ImageLimits.MaxPixels");
        Should.Throw<InvalidImageException>(() => MagickFormats.All.Decode(file.AsSpan(0, 40))).Message.ShouldNotContain("a fault of");
        var random = new Random(5);
        for (int round = 0; round < 40; round++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                MagickFormats.All.Decode(damaged, new ImageLimits { MaxPixels = 1 << 20 });
            }
            catch (InvalidImageException e)
            {
                e.Message.ShouldNotContain("a fault of");
            }
        }
    }

    [Theory]
    [InlineData("%!PS-Adobe-3.0\n")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("push graphic-context\n")]
    [InlineData("text:/etc/passwd")]
    [InlineData("8BPS\0\u0001")]
    public void No_other_format_of_Magick_is_read(string content) =>
        Should.Throw<InvalidImageException>(() => MagickFormats.All.Decode(System.Text.Encoding.Latin1.GetBytes(content)))
            .Message.ShouldContain("the formats that can be decoded are JPEG, PNG, GIF, BMP, WebP, AVIF, HEIC, JPEG XL, JPEG 2000, TIFF");

    [Fact]
    public void Built_in_formats_stay_with_their_own_decoders() => MagickFormats.All.Decoders.Take(4)
        .ShouldAllBe(d => d.GetType().Assembly == typeof(ImageFormats).Assembly);

    [SkippableFact]
    public void A_HEIC_photo_decodes_to_the_pixels_of_the_reference_tool()
    {
        string folder = Directory.CreateTempSubdirectory("heic-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "in.png"), Encode(MagickFormat.Png));
            Skip.IfNot(Run("heif-enc", folder, "in.png", "-q", "95", "-o", "photo.heic"), "heif-enc is not installed");
            Skip.IfNot(Run("heif-convert", folder, "photo.heic", "out.png"), "heif-convert is not installed");

            RgbImage image = MagickFormats.All.Decode(File.ReadAllBytes(Path.Combine(folder, "photo.heic")));
            RgbImage expected = ImageFormats.BuiltIn.Load(Path.Combine(folder, "out.png"));

            (image.Width, image.Height).ShouldBe((expected.Width, expected.Height));
            expected.Pixels.ToArray().Zip(image.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Run(string program, string folder, params string[] arguments)
    {
        try
        {
            using Process process = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static MagickImage Picture() =>
        new(Pixels, new PixelReadSettings(Width, Height, StorageType.Char, PixelMapping.RGB));

    private static byte[] Encode(MagickFormat format)
    {
        using MagickImage image = Picture();
        image.Format = format;
        image.Quality = 100;
        image.Settings.SetDefine(MagickFormat.WebP, "lossless", "true");
        return image.ToByteArray();
    }
}
