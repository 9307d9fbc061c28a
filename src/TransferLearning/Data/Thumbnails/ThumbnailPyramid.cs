namespace TransferLearning.Data.Thumbnails;

/// <summary>The brightness of a thumbnail, less 128, turned, in 16 x 16 and 32 x 32 pixels. Immutable.</summary>
internal sealed class ThumbnailPyramid
{
    public const int Levels = 2;

    // Sums of squares lose fewer digits.
    private const float Gray = 128;

    private readonly float[][] _levels = new float[Levels][];

    /// <param name="thumbnail">The thumbnail.</param>
    /// <param name="orientation">How to turn it.</param>
    public ThumbnailPyramid(ImageThumbnail thumbnail, Orientation orientation)
    {
        float[] upright = new float[ImageThumbnail.Side * ImageThumbnail.Side], turned = upright;
        thumbnail.CopyBrightness(upright);
        for (int i = 0; i < upright.Length; i++)
        {
            upright[i] -= Gray;
        }

        if (orientation != Orientation.Upright)
        {
            turned = new float[upright.Length];
            Orientations.Turn(upright, ImageThumbnail.Side, orientation, turned);
        }

        _levels[^1] = turned;
        for (int level = Levels - 2; level >= 0; level--)
        {
            _levels[level] = Halve(_levels[level + 1], Side(level + 1));
        }
    }

    /// <summary>The width and height of a level.</summary>
    /// <param name="level">0 for the coarsest.</param>
    public static int Side(int level) => ImageThumbnail.Side >> (Levels - 1 - level);

    /// <summary>The pixels of a level, row by row.</summary>
    /// <param name="level">0 for the coarsest.</param>
    public float[] Pixels(int level) => _levels[level];

    private static float[] Halve(float[] pixels, int side)
    {
        int halfSide = side / 2;
        float[] half = new float[halfSide * halfSide];
        for (int y = 0; y < halfSide; y++)
        {
            int above = 2 * y * side, below = above + side;
            for (int x = 0; x < halfSide; x++)
            {
                half[(y * halfSide) + x] =
                    (pixels[above + (2 * x)] + pixels[above + (2 * x) + 1] + pixels[below + (2 * x)] + pixels[below + (2 * x) + 1]) / 4;
            }
        }

        return half;
    }
}
