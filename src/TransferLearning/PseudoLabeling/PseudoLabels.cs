namespace TransferLearning.PseudoLabeling;

/// <summary>The class that each of a number of images is taken for, and how surely. Immutable.</summary>
/// <param name="Labels">[n], class indices.</param>
/// <param name="Confidence">[n], 0..1.</param>
internal sealed record PseudoLabels(int[] Labels, float[] Confidence)
{
    /// <summary>The most probable class of each row; of equals, the first.</summary>
    /// <param name="probabilities">[n, classes].</param>
    /// <param name="classes">The number of classes.</param>
    public static PseudoLabels MostProbable(ReadOnlySpan<float> probabilities, int classes)
    {
        int rows = probabilities.Length / classes;
        var (labels, confidence) = (new int[rows], new float[rows]);
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
