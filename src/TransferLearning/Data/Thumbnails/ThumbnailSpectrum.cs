using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Thumbnails;

/// <summary>
/// The low frequencies of a thumbnail: its perceptual hash (Zauner, "Implementation and benchmarking of perceptual image hash functions",
/// 2010) before the values are cut to bits. A mirrored picture has the same frequencies with other signs, a turned one with rows for
/// columns, so that the eight orientations of an image need one spectrum. Contrast is divided out. Immutable.
/// </summary>
internal sealed class ThumbnailSpectrum
{
    /// <summary>The length of <see cref="Invariants"/>.</summary>
    public const int InvariantCount = 16;

    /// <summary>The length of <see cref="Values"/>.</summary>
    public const int Length = Parities * GroupLength;

    private const int Frequencies = 8;
    private const int ColorFrequencies = 4;
    private const int Parities = 4;
    private const int GroupLength = (Frequencies * Frequencies / Parities) + (2 * ColorFrequencies * ColorFrequencies / Parities);

    // The mean color differs more between copies than the colors within the picture: by white balance, or a crop.
    private const float MeanColorWeight = 0.5f;

    // A crop changes color less than brightness.
    private const float ColorWeight = 1.7f;

    // In levels of gray, 0..255. Below, a thumbnail is noise.
    private const float MinDeviation = 2;

    private static readonly CosineTransform Brightness = new(ImageThumbnail.Side, Frequencies);
    private static readonly CosineTransform Color = new(ImageThumbnail.ColorSide, ColorFrequencies);

    private readonly float[] _values = new float[Length];
    private readonly float[] _invariants = new float[InvariantCount];

    private ThumbnailSpectrum()
    {
    }

    /// <summary>
    /// [4, 24]: the frequencies by the parities of their two numbers (even and even, odd across, odd down, odd and odd), of brightness,
    /// blue and red. Their squares sum to 1.
    /// </summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Sixteen numbers that are the same for all orientations, and change as little as the picture does.</summary>
    public ReadOnlySpan<float> Invariants => _invariants;

    /// <summary>The spectrum of a thumbnail; null where it has no contrast, and so is like any other of its kind.</summary>
    public static ThumbnailSpectrum? Of(ImageThumbnail thumbnail)
    {
        Span<float> pixels = stackalloc float[ImageThumbnail.Side * ImageThumbnail.Side];
        Span<float> brightness = stackalloc float[Frequencies * Frequencies];
        thumbnail.CopyBrightness(pixels);
        Brightness.Transform(pixels, brightness);
        brightness[0] = 0;
        float contrast = MathF.Sqrt(DenseVector.Dot(brightness, brightness));
        if (contrast < MinDeviation * ImageThumbnail.Side)
        {
            return null;
        }

        DenseVector.Divide(brightness, contrast);
        Span<float> blue = stackalloc float[ColorFrequencies * ColorFrequencies], red = stackalloc float[blue.Length];
        ReadColor(thumbnail, 0, contrast, blue);
        ReadColor(thumbnail, 1, contrast, red);
        var spectrum = new ThumbnailSpectrum();
        spectrum.Order(brightness, blue, red);
        spectrum.Describe(brightness, blue, red);
        return spectrum;
    }

    /// <summary>The values of the same picture with rows for columns.</summary>
    /// <param name="values">The values of a picture.</param>
    /// <param name="transposed">Receives the others.</param>
    public static void Transpose(ReadOnlySpan<float> values, Span<float> transposed)
    {
        for (int down = 0; down < 2; down++)
        {
            for (int across = 0; across < 2; across++)
            {
                ReadOnlySpan<float> from = values.Slice(((2 * across) + down) * GroupLength, GroupLength);
                Span<float> to = transposed.Slice(((2 * down) + across) * GroupLength, GroupLength);
                Transpose(from, to, Frequencies / 2);
                int brightness = Frequencies * Frequencies / Parities, color = ColorFrequencies * ColorFrequencies / Parities;
                Transpose(from[brightness..], to[brightness..], ColorFrequencies / 2);
                Transpose(from[(brightness + color)..], to[(brightness + color)..], ColorFrequencies / 2);
            }
        }
    }

    /// <summary>
    /// The correlations of a picture with another one in the eight orientations of that, -1..1; index 0..7 is the
    /// <see cref="Orientation"/> that the other has to be given.
    /// </summary>
    /// <param name="values">The values of the picture.</param>
    /// <param name="transposed">The values of the picture with rows for columns.</param>
    /// <param name="other">The values of the other.</param>
    /// <param name="correlations">[8].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Correlate(
        ReadOnlySpan<float> values, ReadOnlySpan<float> transposed, ReadOnlySpan<float> other, Span<float> correlations)
    {
        Correlate(values, other, swapped: false, correlations[..4]);
        Correlate(transposed, other, swapped: true, correlations[4..]);
    }

    private static void Correlate(ReadOnlySpan<float> values, ReadOnlySpan<float> other, bool swapped, Span<float> correlations)
    {
        Span<float> products = stackalloc float[Parities];
        for (int group = 0; group < Parities; group++)
        {
            products[group] = Product(
                ref MemoryMarshal.GetReference(values.Slice(group * GroupLength, GroupLength)),
                ref MemoryMarshal.GetReference(other.Slice(group * GroupLength, GroupLength)));
        }

        // What is across in the other is down in the picture.
        (float across, float down) = swapped ? (products[2], products[1]) : (products[1], products[2]);
        (float even, float odd) = (products[0], products[3]);
        correlations[0] = even + across + down + odd;
        correlations[1] = even - across + down - odd;
        correlations[2] = even + across - down - odd;
        correlations[3] = even - across - down + odd;
    }

    /// <summary>The product of two groups: 24 numbers, three vectors of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Product(ref float values, ref float other)
    {
        Vector256<float> sum = Vector256.LoadUnsafe(ref values) * Vector256.LoadUnsafe(ref other);
        sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref values, 8), Vector256.LoadUnsafe(ref other, 8), sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref values, 16), Vector256.LoadUnsafe(ref other, 16), sum);
        return Vector256.Sum(sum);
    }

    private static void ReadColor(ImageThumbnail thumbnail, int index, float contrast, Span<float> target)
    {
        Span<float> pixels = stackalloc float[ImageThumbnail.ColorSide * ImageThumbnail.ColorSide];
        thumbnail.CopyColor(index, pixels);
        Color.Transform(pixels, target);

        // A pixel of color covers 4 x 4 of brightness.
        DenseVector.Divide(target, contrast * ImageThumbnail.ColorSide / ImageThumbnail.Side);
        target[0] *= MeanColorWeight;
    }

    private static void Transpose(ReadOnlySpan<float> from, Span<float> to, int side)
    {
        for (int v = 0; v < side; v++)
        {
            for (int u = 0; u < side; u++)
            {
                to[(v * side) + u] = from[(u * side) + v];
            }
        }
    }

    private void Order(ReadOnlySpan<float> brightness, ReadOnlySpan<float> blue, ReadOnlySpan<float> red)
    {
        int next = 0;
        for (int parity = 0; parity < Parities; parity++)
        {
            next = Take(brightness, Frequencies, parity, next);
            next = Take(blue, ColorFrequencies, parity, next);
            next = Take(red, ColorFrequencies, parity, next);
        }

        DenseVector.Normalize(_values);
    }

    private int Take(ReadOnlySpan<float> square, int side, int parity, int next)
    {
        for (int v = parity / 2; v < side; v += 2)
        {
            for (int u = parity % 2; u < side; u += 2)
            {
                _values[next++] = square[(v * side) + u];
            }
        }

        return next;
    }

    /// <summary>An odd frequency may change its sign, and two that mirror each other at the diagonal may change places.</summary>
    private void Describe(ReadOnlySpan<float> brightness, ReadOnlySpan<float> blue, ReadOnlySpan<float> red)
    {
        int next = 0;
        (int U, int V)[] pairs = [(1, 0), (2, 0), (3, 0), (2, 1)];
        foreach ((int u, int v) in pairs)
        {
            next = Pair(brightness, Frequencies, u, v, next);
        }

        _invariants[next++] = MathF.Abs(brightness[Frequencies + 1]);
        _invariants[next++] = brightness[(2 * Frequencies) + 2];
        int color = next;
        next = Pair(blue, ColorFrequencies, 1, 0, next);
        next = Pair(red, ColorFrequencies, 1, 0, next);
        _invariants[next++] = blue[0];
        _invariants[next] = red[0];
        for (int i = color; i < _invariants.Length; i++)
        {
            _invariants[i] *= ColorWeight;
        }
    }

    private int Pair(ReadOnlySpan<float> square, int side, int u, int v, int next)
    {
        float one = square[(v * side) + u], other = square[(u * side) + v];
        if (int.IsOddInteger(u) || int.IsOddInteger(v))
        {
            (one, other) = (MathF.Abs(one), MathF.Abs(other));
        }

        _invariants[next] = MathF.Max(one, other);
        _invariants[next + 1] = MathF.Min(one, other);
        return next + 2;
    }
}
