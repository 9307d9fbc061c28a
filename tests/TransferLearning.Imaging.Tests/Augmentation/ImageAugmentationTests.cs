using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using TransferLearning.Imaging.Augmentation;

namespace TransferLearning.Imaging.Tests.Augmentation;

public class ImageAugmentationTests
{
    private static readonly RgbImage Image = Pattern(60, 40);

    [Fact]
    public void Without_any_setting_an_image_stays_itself() => ImageAugmentation.None.Apply(Image, 5).ShouldBeSameAs(Image);

    [Fact]
    public void A_view_depends_on_its_number_alone()
    {
        RgbImage first = ImageAugmentation.Photos.Apply(Image, 7);

        ImageAugmentation.Photos.Apply(Image, 7).Pixels.SequenceEqual(first.Pixels).ShouldBeTrue();
        Enumerable.Range(0, 20).Select(v => Hash(ImageAugmentation.Photos.Apply(Image, (ulong)v))).Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public void Views_are_the_same_in_every_version() =>
        Hash(ImageAugmentation.Photos with { BlurProbability = 1, EraseProbability = 1 }, 3).ShouldBe("1B322C6F83328CC9");

    [Fact]
    public void Half_of_the_views_are_mirrored()
    {
        int mirrored = 0;
        for (ulong view = 0; view < 200; view++)
        {
            RgbImage image = ImageAugmentation.Flip.Apply(Image, view);
            bool same = image.Pixels.SequenceEqual(Image.Pixels);
            mirrored += same ? 0 : 1;
            (same || image.Pixels.SequenceEqual(Mirrored(Image).Pixels)).ShouldBeTrue();
        }

        mirrored.ShouldBeInRange(80, 120);
    }

    [Fact]
    public void One_setting_does_not_change_the_choices_of_another()
    {
        ImageAugmentation both = ImageAugmentation.Flip with { MinCropArea = 0.5 };
        for (ulong view = 0; view < 20; view++)
        {
            bool flips = !ImageAugmentation.Flip.Apply(Image, view).Pixels.SequenceEqual(Image.Pixels);
            RgbImage cropped = (ImageAugmentation.None with { MinCropArea = 0.5 }).Apply(Image, view);
            RgbImage expected = flips ? Mirrored(cropped) : cropped;
            both.Apply(Image, view).Pixels.SequenceEqual(expected.Pixels).ShouldBeTrue();
        }
    }

    [Fact]
    public void Crops_show_at_least_the_smallest_area()
    {
        ImageAugmentation crops = ImageAugmentation.None with { MinCropArea = 0.4, MaxAspectChange = 1.5 };
        double[] areas = [.. Enumerable.Range(0, 300).Select(v => crops.Apply(Image, (ulong)v))
            .Select(v => (double)v.Width * v.Height / (Image.Width * Image.Height))];

        areas.Min().ShouldBeInRange(0.35, 0.45);
        areas.Max().ShouldBeInRange(0.95, 1);
    }

    [Fact]
    public void Brightness_multiplies_every_value()
    {
        RgbImage view = (ImageAugmentation.None with { Brightness = 0.5 }).Apply(Image, 1);

        double factor = Mean(view) / Mean(Image);
        factor.ShouldBeInRange(0.5, 1.5);
        Math.Abs(factor - 1).ShouldBeGreaterThan(0.01);
        for (int i = 0; i < Image.Pixels.Length; i++)
        {
            ((double)view.Pixels[i]).ShouldBe(Math.Min(255, factor * Image.Pixels[i]), 4);
        }
    }

    [Fact]
    public void Saturation_changes_no_gray()
    {
        var gray = new RgbImage(8, 8, Enumerable.Range(0, 192).Select(i => (byte)(i / 3)).ToArray());

        (ImageAugmentation.None with { Saturation = 1 }).Apply(gray, 4).Pixels.SequenceEqual(gray.Pixels).ShouldBeTrue();
    }

    [Fact]
    public void A_change_of_hue_keeps_brightness_and_grays()
    {
        ImageAugmentation hue = ImageAugmentation.None with { Hue = 0.5 };
        var gray = new RgbImage(8, 8, Enumerable.Range(0, 192).Select(i => (byte)(i / 3)).ToArray());
        var muted = new RgbImage(1, 1, new byte[] { 140, 110, 120 });

        hue.Apply(gray, 4).Pixels.SequenceEqual(gray.Pixels).ShouldBeTrue();
        for (ulong view = 0; view < 20; view++)
        {
            RgbImage changed = hue.Apply(muted, view);
            Luma(changed).ShouldBe(Luma(muted), 1);
            changed.Pixels.SequenceEqual(muted.Pixels).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_fingerprint_has_every_setting_in_any_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            string fingerprint = ImageAugmentation.Photos.Fingerprint;

            fingerprint.ShouldStartWith("augmentation 1; ");
            foreach (PropertyInfo setting in typeof(ImageAugmentation).GetProperties().Where(p => p.PropertyType == typeof(double)))
            {
                string value = ((double)setting.GetValue(ImageAugmentation.Photos)!).ToString(CultureInfo.InvariantCulture);
                $"{fingerprint};".ShouldContain($" {setting.Name} {value};");
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_turn_by_half_a_circle_mirrors_both_ways()
    {
        byte[] turned = Rotation.Rotate(Image.Pixels.ToArray(), Image.Width, Image.Height, 180);

        for (int p = 0; p < Image.Width * Image.Height; p++)
        {
            int opposite = (Image.Width * Image.Height) - 1 - p;
            turned.AsSpan(p * 3, 3).SequenceEqual(Image.Pixels.Slice(opposite * 3, 3)).ShouldBeTrue();
        }
    }

    [Fact]
    public void An_erased_rectangle_has_one_color()
    {
        RgbImage view = (ImageAugmentation.None with { EraseProbability = 1 }).Apply(Image, 9);

        int changed = Enumerable.Range(0, Image.Width * Image.Height)
            .Count(p => !view.Pixels.Slice(p * 3, 3).SequenceEqual(Image.Pixels.Slice(p * 3, 3)));
        ((double)changed / (Image.Width * Image.Height)).ShouldBeInRange(0.015, 0.25);
    }

    [Fact]
    public void A_blur_keeps_the_mean_and_softens_edges()
    {
        RgbImage view = (ImageAugmentation.None with { BlurProbability = 1 }).Apply(Image, 2);

        Mean(view).ShouldBe(Mean(Image), 1);
        Edges(view).ShouldBeLessThan(0.8 * Edges(Image));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 300)]
    public void The_smallest_images_have_views(int width, int height)
    {
        ImageAugmentation all =
            ImageAugmentation.Photos with { MinCropArea = 0.01, MaxAspectChange = 4, BlurProbability = 1, EraseProbability = 1 };
        for (ulong view = 0; view < 50; view++)
        {
            RgbImage image = all.Apply(Pattern(width, height), view);
            image.Width.ShouldBeInRange(1, width);
            image.Height.ShouldBeInRange(1, height);
        }
    }

    [Fact]
    public void A_value_out_of_range_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageAugmentation { FlipProbability = 1.1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageAugmentation { MinCropArea = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageAugmentation { MaxRotation = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageAugmentation { Hue = 0.6 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageAugmentation { Contrast = double.NaN });
    }

    private static RgbImage Pattern(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            int p = i / 3, x = p % width, y = p / width;
            pixels[i] = (byte)(20 + (((x * 7) + (y * y) + (i % 3 * 31) + (x % 5 == 0 ? 60 : 0)) % 150));
        }

        return new RgbImage(width, height, pixels);
    }

    private static RgbImage Mirrored(RgbImage image)
    {
        byte[] pixels = new byte[image.Pixels.Length];
        for (int p = 0; p < image.Width * image.Height; p++)
        {
            int mirrored = p - (2 * (p % image.Width)) + image.Width - 1;
            image.Pixels.Slice(p * 3, 3).CopyTo(pixels.AsSpan(mirrored * 3));
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    private static double Mean(RgbImage image) => image.Pixels.ToArray().Average(v => v);

    private static double Luma(RgbImage image) => (0.299 * image.Pixels[0]) + (0.587 * image.Pixels[1]) + (0.114 * image.Pixels[2]);

    private static double Edges(RgbImage image) =>
        Enumerable.Range(3, image.Pixels.Length - 3).Average(i => Math.Abs(image.Pixels[i] - image.Pixels[i - 3]));

    private static string Hash(ImageAugmentation augmentation, ulong view) => Hash(augmentation.Apply(Image, view));

    private static string Hash(RgbImage image) => Convert.ToHexString(SHA256.HashData(image.Pixels))[..16];
}
