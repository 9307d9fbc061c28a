using TransferLearning.Numerics;

namespace TransferLearning.Tuning;

/// <summary>
/// Mixes the images of a step in pairs, with their targets: MixUp takes a weighted mean (Zhang et al., 2018), CutMix replaces a rectangle
/// (Yun et al., 2019). Works on pixels and on maps of layers.
/// </summary>
/// <param name="mixUp">The parameter of MixUp's beta distribution; 0 for none.</param>
/// <param name="cutMix">That of CutMix.</param>
internal sealed class BatchMixing(double mixUp, double cutMix)
{
    /// <summary>Whether images are mixed at all.</summary>
    public bool IsUsed => mixUp > 0 || cutMix > 0;

    /// <summary>Mixes each image with another of the step.</summary>
    /// <param name="images">[count, height, width, channels], changed in place.</param>
    /// <param name="targets">[count, classes], changed in place.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="width">The width of an image.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="random">The random numbers of the step.</param>
    public void Mix(Span<float> images, Span<float> targets, int count, int width, int channels, Random random)
    {
        if (!IsUsed || count < 2)
        {
            return;
        }

        bool cuts = cutMix > 0 && (mixUp == 0 || random.Next(2) == 0);
        double share = BetaDistribution.Sample(cuts ? cutMix : mixUp, random);
        int length = images.Length / count, classes = targets.Length / count;
        int[] partners = [.. Enumerable.Range(0, count)];
        random.Shuffle(partners);

        // A partner that comes before its image is mixed itself already: all are mixed from a copy.
        float[] original = images.ToArray(), originalTargets = targets.ToArray();
        int height = length / (width * channels);
        Rectangle cut = cuts ? Rectangle.Of(height, width, 1 - share, random) : default;
        share = cuts ? 1 - ((double)cut.Area / (height * width)) : share;
        for (int i = 0; i < count; i++)
        {
            Span<float> image = images.Slice(i * length, length);
            ReadOnlySpan<float> partner = original.AsSpan(partners[i] * length, length);
            if (cuts)
            {
                cut.Copy(partner, image, width, channels);
            }
            else
            {
                Blend(image, partner, (float)share);
            }

            Blend(targets.Slice(i * classes, classes), originalTargets.AsSpan(partners[i] * classes, classes), (float)share);
        }
    }

    private static void Blend(Span<float> values, ReadOnlySpan<float> others, float share)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (share * values[i]) + ((1 - share) * others[i]);
        }
    }

    /// <summary>The part of an image that another replaces.</summary>
    private readonly record struct Rectangle(int Top, int Left, int Height, int Width)
    {
        public int Area => Height * Width;

        /// <summary>Around a random center, cut off at the edges.</summary>
        public static Rectangle Of(int height, int width, double area, Random random)
        {
            double side = Math.Sqrt(area);
            int centerY = random.Next(height), centerX = random.Next(width);
            int halfHeight = (int)(side * height / 2), halfWidth = (int)(side * width / 2);
            int top = Math.Max(0, centerY - halfHeight), left = Math.Max(0, centerX - halfWidth);
            return new Rectangle(
                top, left, Math.Min(height, centerY + halfHeight) - top, Math.Min(width, centerX + halfWidth) - left);
        }

        public void Copy(ReadOnlySpan<float> from, Span<float> to, int width, int channels)
        {
            for (int y = Top; y < Top + Height; y++)
            {
                int start = ((y * width) + Left) * channels;
                from.Slice(start, Width * channels).CopyTo(to[start..]);
            }
        }
    }
}
