namespace TransferLearning.Data.Thumbnails;

/// <summary>Compares one thumbnail with others, pixel by pixel. Serves one thread.</summary>
internal sealed class ThumbnailComparison
{
    // Of the low frequencies: a picture that is cut may have less, one that is only brightened has more.
    private const float MinWholeCorrelation = 0.93f;

    // A few pixels from where a copy agrees, it has more.
    private const float MinStartCorrelation = 0.5f;

    // Copies that are brightened until parts are white have no less, with any number of pixels.
    private const float MinCoarseCorrelation = 0.85f;

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

    private readonly ThumbnailPyramid _picture;
    private readonly AlignmentLevel?[] _levels = new AlignmentLevel?[ThumbnailPyramid.Levels];

    /// <param name="thumbnail">The thumbnail that others are compared with.</param>
    public ThumbnailComparison(ImageThumbnail thumbnail) => _picture = new ThumbnailPyramid(thumbnail, Orientation.Upright);

    /// <summary>Turns another thumbnail, aligns it, and compares the two.</summary>
    /// <param name="other">The other thumbnail.</param>
    /// <param name="orientation">How to turn it.</param>
    /// <param name="correlation">Of the low frequencies, -1..1.</param>
    /// <returns><see cref="ThumbnailMatch.None"/> where the pictures do not even agree coarsely.</returns>
    public ThumbnailMatch Compare(ImageThumbnail other, Orientation orientation, float correlation)
    {
        var turned = new ThumbnailPyramid(other, orientation);

        // What is cut off at white moves an alignment, so that brightened copies are found without one only.
        if (correlation >= MinWholeCorrelation
            && Measure(_picture, turned, ThumbnailAlignment.Identity) is { IsCopy: true } whole)
        {
            return whole;
        }

        (ThumbnailAlignment alignment, float atStart) = Level(0).FindStart(turned.Pixels(0), Starts);
        if (atStart < MinStartCorrelation)
        {
            return ThumbnailMatch.None;
        }

        for (int level = 0; level < ThumbnailPyramid.Levels; level++)
        {
            (alignment, float coarse) = Level(level).Align(turned.Pixels(level), alignment);
            if (coarse < MinCoarseCorrelation)
            {
                return ThumbnailMatch.None;
            }
        }

        // The picture that shows more is brought to the coordinates of the other: enlarging a thumbnail would blur its details.
        return alignment.ScaleX * alignment.ScaleY >= 1
            ? Measure(_picture, turned, alignment)
            : Measure(turned, _picture, alignment.Invert()) with { Alignment = alignment };
    }

    /// <summary>Measures how well two pictures agree, the cheapest first, as long as they may be copies; the rest stays 0.</summary>
    private static ThumbnailMatch Measure(ThumbnailPyramid first, ThumbnailPyramid second, ThumbnailAlignment alignment)
    {
        var warped = new WarpedPicture(ImageThumbnail.Side);
        warped.Set(second.Brightness, alignment);
        PairSums plain = warped.Sum(first.Brightness);
        if (plain.Correlation < MinCoarseCorrelation)
        {
            return ThumbnailMatch.None;
        }

        float[] one = [.. first.Brightness];
        ToneCurve.Fit(one, warped).Apply(one, warped.Pixels);
        ThumbnailMatch match = ThumbnailMatch.None with { Alignment = alignment, Correlation = warped.Sum(one).Correlation };
        if (!match.MayBeCopy)
        {
            return match;
        }

        match = match with { ColorDifference = ColorDifference.Of(first, second, alignment, plain) };
        return match.MayBeCopy ? match with { DetailCorrelation = PictureDetail.Correlate(one, warped) } : match;
    }

    private AlignmentLevel Level(int level) =>
        _levels[level] ??= new AlignmentLevel(_picture.Pixels(level), ThumbnailPyramid.Side(level));
}
