using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class BatchMixingTests
{
    private const int Count = 6;
    private const int Height = 9;
    private const int Width = 12;
    private const int Channels = 2;
    private const int Length = Height * Width * Channels;

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(0, 1)]
    [InlineData(0.4, 1)]
    public void The_targets_of_an_image_keep_their_sum(double mixUp, double cutMix)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (_, float[] targets) = Mixed(mixUp, cutMix, seed);

            targets.Chunk(Count).ShouldAllBe(t => Math.Abs(t.Sum() - 1) < 1e-6 && t.All(v => v >= 0));
        }
    }

    [Fact]
    public void MixUp_takes_the_same_share_of_pixels_and_targets()
    {
        int mixed = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            (float[] images, float[] targets) = Mixed(mixUp: 1, cutMix: 0, seed);
            for (int i = 0; i < Count; i++)
            {
                // Every value of an image is its number, and so is its class: each pixel is the mean of the two numbers.
                double expected = Enumerable.Range(0, Count).Sum(c => c * targets[(i * Count) + c]);
                images.Skip(i * Length).Take(Length).ShouldAllBe(v => Math.Abs(v - expected) < 1e-5);
                mixed += targets.Skip(i * Count).Take(Count).Count(t => t > 0) == 2 ? 1 : 0;
            }
        }

        mixed.ShouldBeGreaterThan(60);
    }

    [Fact]
    public void CutMix_takes_the_share_of_the_targets_that_the_rectangle_has_of_the_pixels()
    {
        int mixed = 0;
        var shares = new List<double>();
        for (int seed = 0; seed < 200; seed++)
        {
            (float[] images, float[] targets) = Mixed(mixUp: 0, cutMix: 1, seed);
            for (int i = 0; i < Count; i++)
            {
                float[] pixels = images[(i * Length)..((i + 1) * Length)];
                for (int c = 0; c < Count; c++)
                {
                    ((double)targets[(i * Count) + c]).ShouldBe((double)pixels.Count(v => v == c) / Length, 1e-6);
                }

                float? partner = pixels.Cast<float?>().FirstOrDefault(v => v != i);
                if (partner is not null)
                {
                    mixed++;
                    shares.Add((double)pixels.Count(v => v == partner) / Length);
                    RectangleOf(pixels, partner.Value).ShouldBe(pixels.Count(v => v == partner) / Channels);
                }
            }
        }

        // The share is evenly distributed but for what lies beyond the edges.
        mixed.ShouldBeGreaterThan(600);
        shares.Average().ShouldBeInRange(0.2, 0.5);
        shares.Max().ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public void All_images_of_a_step_are_mixed_as_they_were_before()
    {
        // Partners that were mixed already would bring a third image.
        for (int seed = 0; seed < 50; seed++)
        {
            (_, float[] targets) = Mixed(mixUp: 1, cutMix: 0, seed);

            targets.Chunk(Count).ShouldAllBe(t => t.Count(v => v > 0) <= 2);
        }
    }

    [Fact]
    public void A_single_image_and_a_mixing_that_is_not_used_change_nothing()
    {
        (float[] images, float[] targets) = Batch();
        float[] image = images[..Length], target = targets[..Count];
        new BatchMixing(1, 1).Mix(image, target, 1, Width, Channels, new Random(1));
        image.ShouldBe(images[..Length]);
        target.ShouldBe(targets[..Count]);

        var none = new BatchMixing(0, 0);
        none.IsUsed.ShouldBeFalse();
        none.Mix(images, targets, Count, Width, Channels, new Random(1));
        images.ShouldBe(Batch().Images);
    }

    [Fact]
    public void With_both_about_half_of_the_steps_cut()
    {
        int cut = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            (float[] images, _) = Mixed(mixUp: 100, cutMix: 1, seed);
            cut += images.All(v => v == Math.Round(v)) ? 1 : 0;
        }

        cut.ShouldBeInRange(70, 130);
    }

    private static (float[] Images, float[] Targets) Mixed(double mixUp, double cutMix, int seed)
    {
        (float[] images, float[] targets) = Batch();
        new BatchMixing(mixUp, cutMix).Mix(images, targets, Count, Width, Channels, new Random(seed));
        return (images, targets);
    }

    private static (float[] Images, float[] Targets) Batch() =>
        ([.. Enumerable.Range(0, Count * Length).Select(i => (float)(i / Length))],
        [.. Enumerable.Range(0, Count * Count).Select(i => i / Count == i % Count ? 1f : 0f)]);

    /// <summary>The pixels of the smallest rectangle around all pixels of a value.</summary>
    private static int RectangleOf(float[] pixels, float value)
    {
        int[] places = [.. Enumerable.Range(0, Height * Width).Where(p => pixels[p * Channels] == value)];
        int height = places.Max(p => p / Width) - places.Min(p => p / Width) + 1;
        return height * (places.Max(p => p % Width) - places.Min(p => p % Width) + 1);
    }
}
