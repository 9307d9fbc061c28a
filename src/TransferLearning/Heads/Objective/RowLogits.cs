namespace TransferLearning.Heads.Objective;

/// <summary>The logits of parameters over scaled rows.</summary>
internal static class RowLogits
{
    /// <summary>[rows, classes].</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="features">[n, features], scaled.</param>
    /// <param name="rows">Row numbers.</param>
    public static float[] Of(HeadParameters parameters, PaddedMatrix features, int[] rows)
    {
        float[] logits = new float[rows.Length * parameters.Classes];
        nint[] offsets = Array.ConvertAll(rows, r => (nint)r * features.Stride);
        HeadKernels.Logits(features, offsets, parameters.Weights, parameters.Bias, logits, parameters.Classes);
        return logits;
    }
}
