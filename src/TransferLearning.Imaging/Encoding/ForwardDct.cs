namespace TransferLearning.Imaging.Encoding;

/// <summary>
/// The cosine transform of an 8x8 block, by its definition as two matrix products: fast enough for thumbnails and sample images.
/// </summary>
internal static class ForwardDct
{
    // [frequency, position]
    private static readonly float[] Basis = BuildBasis();

    /// <summary>Transforms [row, column] samples to [vertical, horizontal] coefficients in place.</summary>
    public static void Transform(Span<float> block)
    {
        Span<float> work = stackalloc float[64];
        Multiply(block, work);
        Multiply(work, block);
    }

    // Transforms rows and stores the result transposed, so that a second call transforms the columns.
    private static void Multiply(ReadOnlySpan<float> source, Span<float> target)
    {
        for (int row = 0; row < 8; row++)
        {
            for (int frequency = 0; frequency < 8; frequency++)
            {
                float sum = 0f;
                for (int i = 0; i < 8; i++)
                {
                    sum += source[(row * 8) + i] * Basis[(frequency * 8) + i];
                }

                target[(frequency * 8) + row] = sum;
            }
        }
    }

    private static float[] BuildBasis()
    {
        float[] basis = new float[64];
        for (int i = 0; i < 64; i++)
        {
            (int frequency, int position) = (i / 8, i % 8);
            double scale = frequency == 0 ? Math.Sqrt(0.125) : 0.5;
            basis[i] = (float)(scale * Math.Cos(((2 * position) + 1) * frequency * Math.PI / 16));
        }

        return basis;
    }
}
