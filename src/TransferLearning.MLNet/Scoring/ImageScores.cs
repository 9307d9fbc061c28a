namespace TransferLearning.MLNet.Scoring;

/// <summary>What a network gives for the image of a row.</summary>
/// <param name="Values">One value per slot: probabilities or features; NaN in all slots where the image cannot be used.</param>
/// <param name="Class">The slot of the highest probability; <see cref="Missing"/> for none.</param>
internal readonly record struct ImageScores(float[] Values, uint Class)
{
    /// <summary>The number of a missing class.</summary>
    public const uint Missing = uint.MaxValue;

    /// <summary>What an image gets that cannot be read or decoded.</summary>
    /// <param name="slots">The number of slots.</param>
    public static ImageScores None(int slots)
    {
        float[] values = new float[slots];
        Array.Fill(values, float.NaN);
        return new ImageScores(values, Missing);
    }
}
