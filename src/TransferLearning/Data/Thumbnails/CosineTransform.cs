using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Data.Thumbnails;

/// <summary>The lowest frequencies of the orthonormal cosine transform of a square (DCT-II), as in perceptual hashes. Immutable.</summary>
internal sealed class CosineTransform
{
    private readonly int _side;
    private readonly int _frequencies;
    private readonly float[] _cosines;

    /// <param name="side">The width and height of the squares, an even number.</param>
    /// <param name="frequencies">The number of frequencies in each direction, at most 8.</param>
    public CosineTransform(int side, int frequencies)
    {
        (_side, _frequencies, _cosines) = (side, frequencies, new float[side * Vector256<float>.Count]);
        for (int x = 0; x < side; x++)
        {
            for (int u = 0; u < frequencies; u++)
            {
                double scale = Math.Sqrt((u == 0 ? 1.0 : 2.0) / side);
                _cosines[(x * Vector256<float>.Count) + u] = (float)(scale * Math.Cos(((2 * x) + 1) * u * Math.PI / (2 * side)));
            }
        }
    }

    /// <summary>
    /// Transforms a square. Loop order: rows, columns, vertical frequencies; a vector has the horizontal frequencies.
    /// </summary>
    /// <param name="square">[side, side].</param>
    /// <param name="target">[frequencies, frequencies]: the vertical frequency, then the horizontal one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transform(ReadOnlySpan<float> square, Span<float> target)
    {
        ReadOnlySpan<float> cosines = _cosines;
        Span<Vector256<float>> sums = stackalloc Vector256<float>[Vector256<float>.Count];
        sums.Clear();
        for (int y = 0; y < _side; y++)
        {
            ReadOnlySpan<float> row = square.Slice(y * _side, _side);
            Vector256<float> even = default, odd = default;
            for (int x = 0; x + 1 < row.Length; x += 2)
            {
                even = Vector256.FusedMultiplyAdd(
                    Vector256.Create(row[x]), Vector256.Create(cosines[(x * Vector256<float>.Count)..]), even);
                odd = Vector256.FusedMultiplyAdd(
                    Vector256.Create(row[x + 1]), Vector256.Create(cosines[((x + 1) * Vector256<float>.Count)..]), odd);
            }

            for (int v = 0; v < _frequencies; v++)
            {
                sums[v] = Vector256.FusedMultiplyAdd(
                    Vector256.Create(cosines[(y * Vector256<float>.Count) + v]), even + odd, sums[v]);
            }
        }

        Span<float> line = stackalloc float[Vector256<float>.Count];
        for (int v = 0; v < _frequencies; v++)
        {
            sums[v].CopyTo(line);
            line[.._frequencies].CopyTo(target.Slice(v * _frequencies, _frequencies));
        }
    }
}
