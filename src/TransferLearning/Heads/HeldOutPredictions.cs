namespace TransferLearning.Heads;

/// <summary>
/// Predictions for training rows by heads that have not learned from them: what can be chosen or fitted without validation images. Each row
/// occurs at most once. Immutable.
/// </summary>
/// <param name="Rows">The positions of the rows among the training rows.</param>
/// <param name="Logits">[rows, classes].</param>
internal sealed record HeldOutPredictions(int[] Rows, float[] Logits)
{
    /// <summary>The predictions at some positions of <see cref="Rows"/>.</summary>
    public HeldOutPredictions Select(int[] positions)
    {
        int classes = Rows.Length == 0 ? 0 : Logits.Length / Rows.Length;
        float[] logits = new float[positions.Length * classes];
        for (int i = 0; i < positions.Length; i++)
        {
            Logits.AsSpan(positions[i] * classes, classes).CopyTo(logits.AsSpan(i * classes));
        }

        return new HeldOutPredictions(Array.ConvertAll(positions, p => Rows[p]), logits);
    }
}
