namespace TransferLearning.Numerics;

/// <summary>
/// Power normalization: the signed square root of each feature, then the row scaled to length 1 (Perronnin, Sánchez and Mensink,
/// "Improving the Fisher kernel for large-scale image classification", 2010). Features of rectified units are skewed, and Gaussians fit
/// their roots far better; at length 1, the contrast and sharpness of a photo count less.
/// </summary>
internal static class PowerNormalization
{
    /// <summary>The normalized row in single precision, as stored detectors need it; a row of zeros stays zero.</summary>
    /// <param name="features">[features].</param>
    public static float[] Apply(ReadOnlySpan<float> features)
    {
        float[] normalized = new float[features.Length];
        Apply(features, normalized);
        return normalized;
    }

    /// <summary>The normalized row in double precision, for covariances summed over many rows; a row of zeros stays zero.</summary>
    /// <param name="features">[features].</param>
    /// <param name="normalized">[features]: written in full.</param>
    public static void Apply(ReadOnlySpan<float> features, Span<double> normalized)
    {
        double squaredLength = 0;
        foreach (float value in features)
        {
            // The square of the root is the magnitude itself.
            squaredLength += Math.Abs(value);
        }

        double scale = squaredLength > 0 ? 1 / Math.Sqrt(squaredLength) : 0;
        for (int f = 0; f < features.Length; f++)
        {
            normalized[f] = Math.Sign(features[f]) * Math.Sqrt(Math.Abs(features[f])) * scale;
        }
    }

    /// <summary>[rows, features]: each row normalized in single precision.</summary>
    /// <param name="rows">[rows, features].</param>
    /// <param name="features">The length of a row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static float[] ApplyToRows(ReadOnlySpan<float> rows, int features, CancellationToken cancellationToken = default)
    {
        float[] normalized = new float[rows.Length];
        for (int start = 0; start < rows.Length; start += features)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Apply(rows.Slice(start, features), normalized.AsSpan(start, features));
        }

        return normalized;
    }

    /// <summary>The inverse, in place. Normalization removes the length of the features, so their size must be given.</summary>
    /// <param name="normalized">[features]: of about length 1; becomes features again.</param>
    /// <param name="magnitudeSum">The sum of the magnitudes of the features (see <see cref="MeanMagnitudeSum"/>).</param>
    public static void Restore(Span<float> normalized, float magnitudeSum)
    {
        float squaredLength = DenseVector.Dot(normalized, normalized);
        for (int f = 0; f < normalized.Length; f++)
        {
            normalized[f] *= Math.Abs(normalized[f]) * magnitudeSum / squaredLength;
        }
    }

    /// <summary>The mean over the rows of the sum of the features' magnitudes: what normalization removes.</summary>
    /// <param name="rows">[rows, features].</param>
    /// <param name="features">The length of a row.</param>
    public static float MeanMagnitudeSum(ReadOnlySpan<float> rows, int features)
    {
        double sum = 0;
        foreach (float value in rows)
        {
            sum += Math.Abs(value);
        }

        return (float)(sum / (rows.Length / features));
    }

    private static void Apply(ReadOnlySpan<float> features, Span<float> normalized)
    {
        for (int f = 0; f < normalized.Length; f++)
        {
            normalized[f] = MathF.CopySign(MathF.Sqrt(Math.Abs(features[f])), features[f]);
        }

        DenseVector.Normalize(normalized);
    }
}
