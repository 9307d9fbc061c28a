using System.Runtime.CompilerServices;

namespace TransferLearning.Data.Thumbnails;

/// <summary>A thumbnail, turned: its brightness, less 128, in 16 x 16 and 32 x 32 pixels, and its color. Immutable.</summary>
internal sealed class ThumbnailPyramid
{
    public const int Levels = 2;

    // Sums of squares lose fewer digits.
    private const float Gray = 128;

    private readonly float[][] _levels = new float[Levels][];
    private readonly float[][] _color = new float[ImageThumbnail.Colors][];

    /// <param name="thumbnail">The thumbnail.</param>
    /// <param name="orientation">How to turn it.</param>
    public ThumbnailPyramid(ImageThumbnail thumbnail, Orientation orientation)
    {
        float[] upright = new float[ImageThumbnail.Side * ImageThumbnail.Side];
        thumbnail.CopyBrightness(upright);
        for (int i = 0; i < upright.Length; i++)
        {
            upright[i] -= Gray;
        }

        _levels[^1] = Turn(upright, ImageThumbnail.Side, orientation);
        for (int level = Levels - 2; level >= 0; level--)
        {
            _levels[level] = Halve(_levels[level + 1], Side(level + 1));
        }

        for (int color = 0; color < _color.Length; color++)
        {
            float[] pixels = new float[ImageThumbnail.ColorSide * ImageThumbnail.ColorSide];
            thumbnail.CopyColor(color, pixels);
            _color[color] = Turn(pixels, ImageThumbnail.ColorSide, orientation);
        }
    }

    /// <summary>[32, 32].</summary>
    public float[] Brightness => _levels[^1];

    /// <summary>The width and height of a level.</summary>
    /// <param name="level">0 for the coarsest.</param>
    public static int Side(int level) => ImageThumbnail.Side >> (Levels - 1 - level);

    /// <summary>The pixels of a level, row by row.</summary>
    /// <param name="level">0 for the coarsest.</param>
    public float[] Pixels(int level) => _levels[level];

    /// <summary>[8, 8]: a color difference.</summary>
    /// <param name="index">0 for blue, 1 for red.</param>
    public float[] Color(int index) => _color[index];

    private static float[] Turn(float[] pixels, int side, Orientation orientation)
    {
        if (orientation == Orientation.Upright)
        {
            return pixels;
        }

        float[] turned = new float[pixels.Length];
        Orientations.Turn(pixels, side, orientation, turned);
        return turned;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
