using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Data.Thumbnails;

/// <summary>A square picture brought into the coordinates of another by an alignment. Reused for one picture after the other.</summary>
internal sealed class WarpedPicture(int side)
{
    private readonly int[] _columns = new int[side];
    private readonly float[] _weights = new float[side];
    private readonly float[] _row = new float[side];

    /// <summary>
    /// [side, side]; defined from <see cref="Left"/> to <see cref="Right"/> and <see cref="Top"/> to <see cref="Bottom"/>.
    /// </summary>
    public float[] Pixels { get; } = new float[side * side];

    public int Left { get; private set; }

    /// <summary>The column after the last one where the pictures overlap.</summary>
    public int Right { get; private set; }

    public int Top { get; private set; }

    /// <summary>The row after the last one where the pictures overlap.</summary>
    public int Bottom { get; private set; }

    /// <summary>Reads the pixels between those of the second picture, bilinearly.</summary>
    /// <param name="other">[side, side]: the second picture.</param>
    /// <param name="alignment">Where it lies.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(ReadOnlySpan<float> other, ThumbnailAlignment alignment)
    {
        (Left, Right) = Range(alignment.ScaleX, alignment.ShiftX);
        (Top, Bottom) = Range(alignment.ScaleY, alignment.ShiftY);
        for (int x = Left; x < Right; x++)
        {
            (_columns[x], _weights[x]) = Position(x, alignment.ScaleX, alignment.ShiftX);
        }

        for (int y = Top; y < Bottom; y++)
        {
            (int row, float weight) = Position(y, alignment.ScaleY, alignment.ShiftY);
            ReadOnlySpan<float> above = other.Slice(row * side, side), below = other.Slice((row + 1) * side, side);
            Blend(above, below, weight, _row);

            for (int x = Left; x < Right; x++)
            {
                int column = _columns[x];
                Pixels[(y * side) + x] = _row[column] + (_weights[x] * (_row[column + 1] - _row[column]));
            }
        }
    }

    /// <summary>Brings brightness and contrast to those of another picture, and subtracts that.</summary>
    /// <param name="picture">[side, side].</param>
    /// <returns>Pearson's correlation of the two, -1..1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float SubtractMatched(ReadOnlySpan<float> picture)
    {
        PairSums sums = Sum(picture);
        (float gain, float mean, float target) = (sums.Gain, sums.FirstMean, sums.SecondMean);
        for (int y = Top; y < Bottom; y++)
        {
            Span<float> row = Pixels.AsSpan((y * side) + Left, Right - Left);
            ReadOnlySpan<float> other = picture.Slice((y * side) + Left, row.Length);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = (gain * (row[x] - mean)) - (other[x] - target);
            }
        }

        return sums.Correlation;
    }

    /// <summary>Pearson's correlation with a picture where both overlap, -1..1.</summary>
    /// <param name="picture">[side, side].</param>
    public float Correlate(ReadOnlySpan<float> picture) => Sum(picture).Correlation;

    /// <summary>The sums of this picture and another where both overlap.</summary>
    /// <param name="picture">[side, side].</param>
    public PairSums Sum(ReadOnlySpan<float> picture)
    {
        var sums = default(PairSums);
        for (int y = Top; y < Bottom; y++)
        {
            ReadOnlySpan<float> row = Pixels.AsSpan((y * side) + Left, Right - Left);
            sums.Add(row, picture.Slice((y * side) + Left, row.Length));
        }

        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blend(ReadOnlySpan<float> above, ReadOnlySpan<float> below, float weight, Span<float> row)
    {
        ReadOnlySpan<Vector<float>> from = MemoryMarshal.Cast<float, Vector<float>>(above);
        ReadOnlySpan<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(below);
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(row);
        var w = new Vector<float>(weight);
        for (int v = 0; v < target.Length; v++)
        {
            target[v] = Vector.FusedMultiplyAdd(w, to[v] - from[v], from[v]);
        }

        for (int x = target.Length * Vector<float>.Count; x < row.Length; x++)
        {
            row[x] = above[x] + (weight * (below[x] - above[x]));
        }
    }

    /// <summary>The pixels of the first picture that lie on the second.</summary>
    private (int First, int End) Range(float scale, float shift)
    {
        float half = side / 2f;

        // Half a pixel beyond the centers of the outermost pixels: the copy of a whole picture covers all of it.
        int first = (int)MathF.Ceiling(((((-1 - shift) / scale) + 1) * half) - 0.5f - 1e-3f);
        int last = (int)MathF.Floor(((((1 - shift) / scale) + 1) * half) - 0.5f + 1e-3f);
        first = Math.Clamp(first, 0, side);
        return (first, Math.Clamp(last + 1, first, side));
    }

    /// <summary>The pixel of the second picture before a position, and the weight of the one after it.</summary>
    private (int Before, float Weight) Position(int index, float scale, float shift)
    {
        float half = side / 2f;
        float position = (((scale * (((index + 0.5f) / half) - 1)) + shift + 1) * half) - 0.5f;
        int before = Math.Clamp((int)MathF.Floor(position), 0, side - 2);
        return (before, Math.Clamp(position - before, 0, 1));
    }
}
