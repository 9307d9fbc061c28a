namespace TransferLearning.PseudoLabeling;

/// <summary>The predicted classes of some images, with their confidence. Immutable.</summary>
/// <param name="Labels">[n]: class indices.</param>
/// <param name="Confidence">[n]: the probability of each predicted class, 0..1.</param>
/// <param name="IsUnknown">[n]: true for images that seem to belong to none of the classes.</param>
internal sealed record PseudoLabels(int[] Labels, float[] Confidence, bool[] IsUnknown)
{
    /// <summary>The most probable class of each row; of equal ones, the first.</summary>
    /// <param name="probabilities">[n, classes].</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="isUnknown">[n]: true for images that seem to belong to none of the classes.</param>
    public static PseudoLabels MostProbable(ReadOnlySpan<float> probabilities, int classes, bool[] isUnknown)
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

        return new PseudoLabels(labels, confidence, isUnknown);
    }
}
