using System.Runtime.CompilerServices;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Thumbnails;

/// <summary>
/// A square picture that others are aligned with, by the method of Lucas and Kanade in its inverse form (Baker and Matthews,
/// "Lucas-Kanade 20 years on: a unifying framework", 2004): scale and shift in both directions, brightness and contrast free. Immutable.
/// </summary>
internal sealed class AlignmentLevel
{
    private const int Parameters = 4;
    private const int MaxSteps = 10;

    // A sixth of a pixel of 32.
    private const float Precision = 0.01f;

    // A fifth cut off; more is another picture.
    private const float MinScale = 0.8f;
    private const float MaxScale = 1 / MinScale;
    private const float MaxShift = MaxScale - 1;

    private readonly int _side;
    private readonly float[] _pixels;
    private readonly float[] _slopes;
    private readonly double[] _inverse;

    /// <param name="pixels">[side, side]; not copied.</param>
    /// <param name="side">The width and height.</param>
    public AlignmentLevel(float[] pixels, int side)
    {
        (_side, _pixels, _slopes) = (side, pixels, new float[Parameters * side * side]);
        Differentiate();
        RemoveBrightnessAndContrast();
        _inverse = Invert();
    }

    /// <summary>The alignment, of some, with the highest correlation.</summary>
    /// <param name="other">[side, side]: the second picture.</param>
    /// <param name="starts">The alignments.</param>
    public (ThumbnailAlignment Alignment, float Correlation) FindStart(float[] other, ThumbnailAlignment[] starts)
    {
        var warped = new WarpedPicture(_side);
        ThumbnailAlignment best = starts[0];
        float highest = float.NegativeInfinity;
        foreach (ThumbnailAlignment start in starts)
        {
            warped.Set(other, start);
            float correlation = warped.Correlate(_pixels);
            if (correlation > highest)
            {
                (best, highest) = (start, correlation);
            }
        }

        return (best, highest);
    }

    /// <summary>Improves an alignment.</summary>
    /// <param name="other">[side, side]: the second picture.</param>
    /// <param name="start">Where to begin.</param>
    /// <returns>The alignment, or the start where the steps lead too far away; and the correlation before the last step.</returns>
    public (ThumbnailAlignment Alignment, float Correlation) Align(float[] other, ThumbnailAlignment start)
    {
        var warped = new WarpedPicture(_side);
        ThumbnailAlignment alignment = start;
        Span<double> products = stackalloc double[Parameters];
        Span<float> change = stackalloc float[Parameters];
        float correlation = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            warped.Set(other, alignment);
            correlation = warped.SubtractMatched(_pixels);
            Multiply(warped, products);
            float largest = 0;
            for (int i = 0; i < Parameters; i++)
            {
                double sum = 0;
                for (int j = 0; j < Parameters; j++)
                {
                    sum += _inverse[(i * Parameters) + j] * products[j];
                }

                change[i] = (float)sum;
                largest = MathF.Max(largest, MathF.Abs(change[i]));
            }

            float scaleX = alignment.ScaleX / (1 + change[0]), scaleY = alignment.ScaleY / (1 + change[1]);
            alignment = new ThumbnailAlignment(
                scaleX, scaleY, alignment.ShiftX - (scaleX * change[2]), alignment.ShiftY - (scaleY * change[3]));
            bool isPossible = alignment.ScaleX is >= MinScale and <= MaxScale && alignment.ScaleY is >= MinScale and <= MaxScale
                && MathF.Abs(alignment.ShiftX) <= MaxShift && MathF.Abs(alignment.ShiftY) <= MaxShift;
            if (!isPossible)
            {
                return (start, correlation);
            }

            if (largest < Precision)
            {
                break;
            }
        }

        return (alignment, correlation);
    }

    /// <summary>The products of the slopes with the differences of the pictures where they overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(WarpedPicture warped, Span<double> products)
    {
        products.Clear();
        int width = warped.Right - warped.Left;
        for (int y = warped.Top; y < warped.Bottom; y++)
        {
            int at = (y * _side) + warped.Left;
            ReadOnlySpan<float> difference = warped.Pixels.AsSpan(at, width);
            for (int i = 0; i < Parameters; i++)
            {
                products[i] += DenseVector.Dot(difference, _slopes.AsSpan((i * _side * _side) + at, width));
            }
        }
    }

    /// <summary>What a small change of each parameter does to the pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Differentiate()
    {
        int size = _side * _side;
        float half = _side / 2f;
        for (int y = 0; y < _side; y++)
        {
            for (int x = 0; x < _side; x++)
            {
                int at = (y * _side) + x;
                int left = Math.Max(x - 1, 0), right = Math.Min(x + 1, _side - 1);
                int up = Math.Max(y - 1, 0), down = Math.Min(y + 1, _side - 1);
                float across = (_pixels[(y * _side) + right] - _pixels[(y * _side) + left]) / (right - left) * half;
                float along = (_pixels[(down * _side) + x] - _pixels[(up * _side) + x]) / (down - up) * half;
                _slopes[at] = across * (((x + 0.5f) / half) - 1);
                _slopes[size + at] = along * (((y + 0.5f) / half) - 1);
                _slopes[(2 * size) + at] = across;
                _slopes[(3 * size) + at] = along;
            }
        }
    }

    /// <summary>Takes out of the slopes what a change of brightness or contrast does too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RemoveBrightnessAndContrast()
    {
        int size = _side * _side;
        float mean = _pixels.Average();
        float[] centered = [.. _pixels.Select(p => p - mean)];
        float square = Math.Max(DenseVector.Dot(centered, centered), float.Epsilon);
        for (int i = 0; i < Parameters; i++)
        {
            Span<float> slope = _slopes.AsSpan(i * size, size);
            float sum = 0;
            foreach (float value in slope)
            {
                sum += value;
            }

            for (int p = 0; p < size; p++)
            {
                slope[p] -= sum / size;
            }

            DenseVector.AddScaled(slope, -DenseVector.Dot(slope, centered) / square, centered);
        }
    }

    private double[] Invert()
    {
        int size = _side * _side;
        double[] matrix = new double[Parameters * Parameters], identity = new double[Parameters * Parameters];
        for (int i = 0; i < Parameters; i++)
        {
            for (int j = 0; j < Parameters; j++)
            {
                matrix[(i * Parameters) + j] = DenseVector.Dot(_slopes.AsSpan(i * size, size), _slopes.AsSpan(j * size, size));
            }

            identity[(i * Parameters) + i] = 1;
        }

        // A picture of stripes does not say where it lies along them: without this, the smallest noise would move it far.
        double ridge = 1e-3 * Enumerable.Range(0, Parameters).Sum(i => matrix[(i * Parameters) + i]) / Parameters;
        for (int i = 0; i < Parameters; i++)
        {
            matrix[(i * Parameters) + i] += Math.Max(ridge, 1e-6);
        }

        return Cholesky.Solve(matrix, identity, Parameters, Parameters);
    }
}
