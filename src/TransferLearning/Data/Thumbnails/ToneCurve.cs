using System.Runtime.CompilerServices;

namespace TransferLearning.Data.Thumbnails;

/// <summary>
/// A parabola that brings the brightness of one picture to that of another: brightened photos are cut off at white, others have another
/// gamma. It changes the picture with more levels, because what is cut off cannot be brought back. Immutable.
/// </summary>
/// <param name="OfFirst">Whether the first picture is changed, not the second.</param>
/// <param name="Linear">The factor of the brightness.</param>
/// <param name="Square">The factor of its square.</param>
internal readonly record struct ToneCurve(bool OfFirst, float Linear, float Square)
{
    /// <summary>The curve after which two pictures agree best where they overlap.</summary>
    /// <param name="first">[32, 32].</param>
    /// <param name="second">The other picture, which tells where both overlap.</param>
    public static ToneCurve Fit(float[] first, WarpedPicture second)
    {
        (ToneCurve ofFirst, double firstLeft) = Fit(first, second.Pixels, second, ofFirst: true);
        (ToneCurve ofSecond, double secondLeft) = Fit(second.Pixels, first, second, ofFirst: false);
        return firstLeft < secondLeft ? ofFirst : ofSecond;
    }

    /// <summary>Changes one of two pictures.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(float[] first, float[] second)
    {
        float[] changed = OfFirst ? first : second;
        for (int i = 0; i < changed.Length; i++)
        {
            changed[i] *= Linear + (Square * changed[i]);
        }
    }

    /// <summary>The least squares of target = a + b x + c x * x; and the share of the variance of the target that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (ToneCurve Curve, double Left) Fit(float[] x, float[] target, WarpedPicture area, bool ofFirst)
    {
        double s1 = 0, s2 = 0, s3 = 0, s4 = 0, t0 = 0, t1 = 0, t2 = 0, tt = 0;
        const int Side = ImageThumbnail.Side;
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int i = (y * Side) + area.Left; i < (y * Side) + area.Right; i++)
            {
                double value = x[i], square = value * value, aim = target[i];
                s1 += value;
                s2 += square;
                s3 += square * value;
                s4 += square * square;
                t0 += aim;
                t1 += aim * value;
                t2 += aim * square;
                tt += aim * aim;
            }
        }

        double n = Math.Max(1, (area.Bottom - area.Top) * (area.Right - area.Left));
        double c11 = s2 - (s1 * s1 / n), c12 = s3 - (s1 * s2 / n), c22 = s4 - (s2 * s2 / n);
        double d1 = t1 - (t0 * s1 / n), d2 = t2 - (t0 * s2 / n), variance = tt - (t0 * t0 / n);
        double determinant = (c11 * c22) - (c12 * c12);
        double linear = d1 / Math.Max(c11, 1e-9), parabola = 0;
        if (determinant > 1e-9 * c11 * c22)
        {
            linear = ((d1 * c22) - (d2 * c12)) / determinant;
            parabola = ((d2 * c11) - (d1 * c12)) / determinant;
        }

        double left = (variance - (linear * d1) - (parabola * d2)) / Math.Max(variance, 1e-9);
        return (new ToneCurve(ofFirst, (float)linear, (float)parabola), left);
    }
}
