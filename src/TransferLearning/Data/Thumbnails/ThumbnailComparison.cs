namespace TransferLearning.Data.Thumbnails;

/// <summary>Compares one thumbnail with others, pixel by pixel. Immutable; thread-safe.</summary>
internal sealed class ThumbnailComparison
{
    private const int Side = ImageThumbnail.Side;
    private const int ColorSide = ImageThumbnail.ColorSide;

    // Less color than this, in standard deviations of the brightness, is noise of the encoder.
    private const float MinColorDeviation = 0.15f;

    // Of the low frequencies: a picture that is cut may have less, one that is only brightened has more.
    private const float MinWholeCorrelation = 0.93f;

    // Copies that are brightened until parts are white have no less, with any number of pixels.
    private const float MinCoarseCorrelation = 0.85f;

    // The half width of the window whose mean is no detail: 5 of 32 pixels.
    private const int DetailRadius = 2;

    // The whole picture; and a tenth cut off at any corner or all around, of the one picture or of the other.
    private static readonly ThumbnailAlignment[] Starts =
    [
        ThumbnailAlignment.Identity,
        .. from scale in (float[])[0.9f, 1 / 0.9f]
           from shift in (float[])[0, 1]
           from x in (float[])[-1, 1]
           from y in (float[])[-1, 1]
           where shift > 0 || (x > 0 && y > 0)
           select new ThumbnailAlignment(scale, scale, shift * x * MathF.Abs(1 - scale), shift * y * MathF.Abs(1 - scale)),
    ];

    private readonly float[][] _color = [new float[ColorSide * ColorSide], new float[ColorSide * ColorSide]];
    private readonly ThumbnailPyramid _pyramid;
    private readonly AlignmentLevel?[] _levels = new AlignmentLevel?[ThumbnailPyramid.Levels];

    /// <param name="thumbnail">The thumbnail that others are compared with.</param>
    public ThumbnailComparison(ImageThumbnail thumbnail)
    {
        thumbnail.CopyColor(0, _color[0]);
        thumbnail.CopyColor(1, _color[1]);
        _pyramid = new ThumbnailPyramid(thumbnail, Orientation.Upright);
    }

    /// <summary>Turns another thumbnail, aligns it, and compares the two.</summary>
    /// <param name="other">The other thumbnail.</param>
    /// <param name="orientation">How to turn it.</param>
    /// <param name="correlation">Of the low frequencies, -1..1.</param>
    /// <returns><see cref="ThumbnailMatch.None"/> where the pictures do not even agree coarsely.</returns>
    public ThumbnailMatch Compare(ImageThumbnail other, Orientation orientation, float correlation)
    {
        var turned = new ThumbnailPyramid(other, orientation);
        float[] pixels = turned.Pixels(ThumbnailPyramid.Levels - 1);

        // What is cut off at white moves an alignment, so that brightened copies are found without one only.
        if (correlation >= MinWholeCorrelation
            && Compare(other, pixels, orientation, ThumbnailAlignment.Identity) is { IsCopy: true } whole)
        {
            return whole;
        }

        ThumbnailAlignment alignment = Level(0).FindStart(turned.Pixels(0), Starts);
        for (int level = 0; level < ThumbnailPyramid.Levels; level++)
        {
            (alignment, float coarse) = Level(level).Align(turned.Pixels(level), alignment);
            if (coarse < MinCoarseCorrelation)
            {
                return ThumbnailMatch.None;
            }
        }

        return Compare(other, pixels, orientation, alignment);
    }

    private ThumbnailMatch Compare(ImageThumbnail other, float[] turned, Orientation orientation, ThumbnailAlignment alignment)
    {
        float[] brightness = _pyramid.Pixels(ThumbnailPyramid.Levels - 1);
        var warped = new WarpedPicture(Side);
        warped.Set(turned, alignment);
        PairSums plain = Sum(warped.Pixels, brightness, warped);
        float[] first = [.. brightness], second = [.. warped.Pixels];
        ToneCurve.Fit(first, second, warped, Side).Apply(first, second);
        float correlation = Sum(first, second, warped).Correlation;
        float detail = Sum(Detail(first, warped), Detail(second, warped), warped).Correlation;
        return new ThumbnailMatch(
            alignment, correlation, detail, ColorDifference(other, orientation, alignment, plain.Gain, plain.SecondDeviation));
    }

    // Several threads may make the same level; which of them stays does not matter.
    private AlignmentLevel Level(int level) =>
        _levels[level] ??= new AlignmentLevel(_pyramid.Pixels(level), ThumbnailPyramid.Side(level));

    private static PairSums Sum(float[] first, float[] second, WarpedPicture area)
    {
        var sums = default(PairSums);
        for (int y = area.Top; y < area.Bottom; y++)
        {
            int at = (y * Side) + area.Left, width = area.Right - area.Left;
            sums.Add(first.AsSpan(at, width), second.AsSpan(at, width));
        }

        return sums;
    }

    /// <summary>The pixels less the mean of the window around each, as far as it lies in the overlap.</summary>
    private static float[] Detail(float[] pixels, WarpedPicture area)
    {
        float[] rows = Smooth(pixels, area, 1, Side), detail = Smooth(rows, area, Side, 1);
        for (int i = 0; i < detail.Length; i++)
        {
            detail[i] = pixels[i] - detail[i];
        }

        return detail;
    }

    private static float[] Smooth(float[] pixels, WarpedPicture area, int step, int lineStep)
    {
        float[] smooth = new float[pixels.Length];
        (int first, int end, int firstLine, int endLine) = step == 1
            ? (area.Left, area.Right, area.Top, area.Bottom)
            : (area.Top, area.Bottom, area.Left, area.Right);
        for (int line = firstLine; line < endLine; line++)
        {
            for (int i = first; i < end; i++)
            {
                int from = Math.Max(first, i - DetailRadius), to = Math.Min(end - 1, i + DetailRadius);
                float sum = 0;
                for (int j = from; j <= to; j++)
                {
                    sum += pixels[(line * lineStep) + (j * step)];
                }

                smooth[(line * lineStep) + (i * step)] = sum / (to - from + 1);
            }
        }

        return smooth;
    }

    private float ColorDifference(
        ImageThumbnail other, Orientation orientation, ThumbnailAlignment alignment, float gain, float deviation)
    {
        if (deviation == 0)
        {
            return float.PositiveInfinity;
        }

        float[] color = new float[ColorSide * ColorSide], turned = new float[color.Length];
        var warped = new WarpedPicture(ColorSide);
        float differences = 0, variance = 0;
        for (int channel = 0; channel < _color.Length; channel++)
        {
            other.CopyColor(channel, color);
            Orientations.Turn(color, ColorSide, orientation, turned);
            warped.Set(turned, alignment);
            float sum = 0, squares = 0, otherSum = 0, otherSquares = 0;
            for (int y = warped.Top; y < warped.Bottom; y++)
            {
                for (int i = (y * ColorSide) + warped.Left; i < (y * ColorSide) + warped.Right; i++)
                {
                    (float one, float second) = (_color[channel][i], gain * warped.Pixels[i]);
                    differences += (one - second) * (one - second);
                    sum += one;
                    squares += one * one;
                    otherSum += second;
                    otherSquares += second * second;
                }
            }

            variance += MathF.Max(squares - (sum * sum / Count(warped)), otherSquares - (otherSum * otherSum / Count(warped)));
        }

        float colorDeviation = MathF.Sqrt(variance / Count(warped)), difference = MathF.Sqrt(differences / Count(warped));
        return difference / MathF.Max(colorDeviation, MinColorDeviation * deviation);
    }

    private static int Count(WarpedPicture area) => Math.Max(1, (area.Bottom - area.Top) * (area.Right - area.Left));
}
