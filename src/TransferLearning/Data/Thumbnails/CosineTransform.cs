using System.Runtime.CompilerServices;

namespace TransferLearning.Data.Thumbnails;

/// <summary>The lowest frequencies of the orthonormal cosine transform of a square (DCT-II), as in perceptual hashes.</summary>
internal sealed class CosineTransform
{
    private readonly int _side;
    private readonly int _frequencies;
    private readonly float[] _cosines;

    /// <param name="side">The width and height of the squares.</param>
    /// <param name="frequencies">The number of frequencies in each direction, at most the side.</param>
    public CosineTransform(int side, int frequencies)
    {
        (_side, _frequencies, _cosines) = (side, frequencies, new float[side * frequencies]);
        for (int x = 0; x < side; x++)
        {
            for (int u = 0; u < frequencies; u++)
            {
                double scale = Math.Sqrt((u == 0 ? 1.0 : 2.0) / side);
                _cosines[(x * frequencies) + u] = (float)(scale * Math.Cos(((2 * x) + 1) * u * Math.PI / (2 * side)));
            }
        }
    }

    /// <summary>Transforms a square.</summary>
    /// <param name="square">[side, side].</param>
    /// <param name="target">[frequencies, frequencies]: the vertical frequency, then the horizontal one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transform(ReadOnlySpan<float> square, Span<float> target)
    {
        target.Clear();
        Span<float> row = stackalloc float[_frequencies];
        for (int y = 0; y < _side; y++)
        {
            row.Clear();
            for (int x = 0; x < _side; x++)
            {
                AddScaled(row, square[(y * _side) + x], Cosines(x));
            }

            for (int v = 0; v < _frequencies; v++)
            {
                AddScaled(target.Slice(v * _frequencies, _frequencies), Cosines(y)[v], row);
            }
        }
    }

    private ReadOnlySpan<float> Cosines(int x) => _cosines.AsSpan(x * _frequencies, _frequencies);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(Span<float> target, float factor, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * values[i];
        }
    }
}
