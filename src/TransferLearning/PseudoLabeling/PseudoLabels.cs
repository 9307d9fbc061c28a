namespace TransferLearning.PseudoLabeling;

/// <summary>The predicted classes of some images, with their confidence. Immutable.</summary>
/// <param name="Labels">[n]: class indices.</param>
/// <param name="Confidence">[n]: the probability of each predicted class, 0..1.</param>
internal sealed record PseudoLabels(int[] Labels, float[] Confidence)
{
    /// <summary>The most probable class of each row; of equal ones, the first.</summary>
    /// <param name="probabilities">[n, classes].</param>
    /// <param name="classes">The number of classes.</param>
    public static PseudoLabels MostProbable(ReadOnlySpan<float> probabilities, int classes)
    {
        int rows = probabilities.Length / classes;
        int[] labels = new int[rows];
        float[] confidence = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = probabilities.Slice(i * classes, classes);
            for (int c = 1; c < classes; c++)
            {
                labels[i] = row[c] > row[labels[i]] ? c : labels[i];
            }

            confidence[i] = row[labels[i]];
        }

        return new PseudoLabels(labels, confidence);
    }
}
