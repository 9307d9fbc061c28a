namespace TransferLearning.Evaluation;

/// <summary>
/// Finds wrong labels from the predictions of heads that were not trained on the images, by confident learning (Northcutt et al.,
/// "Confident learning: estimating uncertainty in dataset labels", 2021), pruning by both class and noise rate. Its counts include images
/// that the heads merely confuse, which are many where classes are alike. Of the labels found, only those are returned that are clearly
/// improbable, and the least probable ones, as many as <see cref="LabelNoise"/> estimates to be wrong.
/// </summary>
internal static class ConfidentLearning
{
    // Hardly any image with a right label has a probability of it this far below the average of the images with that label.
    private const double ClearlyImprobable = 0.1;

    /// <summary>The rows whose labels are probably wrong, by ascending probability of the label.</summary>
    /// <param name="labels">[n].</param>
    /// <param name="probabilities">[n, classes].</param>
    /// <param name="classes">At least 2.</param>
    public static IReadOnlyList<SuspectLabel> Find(ReadOnlySpan<int> labels, ReadOnlySpan<float> probabilities, int classes)
    {
        int[] given = labels.ToArray();
        float[] all = probabilities.ToArray();
        double[] selfConfidence = SelfConfidence(given, all, classes);
        int[][] confident = ConfidentJoint(given, all, selfConfidence);
        bool[] byNoiseRate = new bool[given.Length], byClass = new bool[given.Length];
        for (int label = 0; label < classes; label++)
        {
            int[] rows = [.. Enumerable.Range(0, given.Length).Where(i => given[i] == label)];
            double[] estimated = Scale(confident[label], rows.Length);
            for (int actual = 0; actual < classes; actual++)
            {
                if (actual != label)
                {
                    Mark(byNoiseRate, rows, estimated[actual], i => all[(i * classes) + label] - all[(i * classes) + actual]);
                }
            }

            Mark(byClass, rows, estimated.Sum() - estimated[label], i => all[(i * classes) + label]);
        }

        double rate = LabelNoise.Rate([.. given.Select((label, i) => (double)all[(i * classes) + label])], classes);
        int likely = (int)Math.Round(rate * given.Length);
        return
        [
            .. Enumerable.Range(0, given.Length)
                .Where(i => byNoiseRate[i] && byClass[i])
                .Select(i => Suspect(i, given[i], all.AsSpan(i * classes, classes)))
                .OrderBy(s => s.Probability)
                .Where((s, rank) => rank < likely || s.Probability < ClearlyImprobable * selfConfidence[given[s.Row]]),
        ];
    }

    /// <summary>[classes]: the mean probability of the class over the images labeled so; infinite for a class without images.</summary>
    private static double[] SelfConfidence(int[] labels, float[] probabilities, int classes)
    {
        double[] sums = new double[classes];
        int[] images = new int[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            sums[labels[i]] += probabilities[(i * classes) + labels[i]];
            images[labels[i]]++;
        }

        return [.. sums.Zip(images, (sum, count) => count == 0 ? double.PositiveInfinity : sum / count)];
    }

    /// <summary>
    /// [label][class]: how many images of a label are confidently of a class, which means that its probability is at least the mean over
    /// the images labeled so. Where that holds for several classes, the most probable counts.
    /// </summary>
    private static int[][] ConfidentJoint(int[] labels, float[] probabilities, double[] selfConfidence)
    {
        int classes = selfConfidence.Length;
        int[][] joint = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = probabilities.AsSpan(i * classes, classes);
            int best = -1;
            for (int c = 0; c < classes; c++)
            {
                best = row[c] >= selfConfidence[c] && (best < 0 || row[c] > row[best]) ? c : best;
            }

            if (best >= 0)
            {
                joint[labels[i]][best]++;
            }
        }

        return joint;
    }

    /// <summary>
    /// Scales the counts to add up to the number of images of the label; if no image is confident, all labels count as right.
    /// </summary>
    private static double[] Scale(int[] counts, int images)
    {
        int total = counts.Sum();
        return total == 0 ? new double[counts.Length] : [.. counts.Select(c => (double)c * images / total)];
    }

    /// <summary>Marks as many rows as counted, those of the lowest order first.</summary>
    private static void Mark(bool[] marked, int[] rows, double count, Func<int, float> order)
    {
        foreach (int row in rows.OrderBy(order).Take((int)Math.Round(count)))
        {
            marked[row] = true;
        }
    }

    private static SuspectLabel Suspect(int row, int label, ReadOnlySpan<float> probabilities)
    {
        int other = label == 0 ? 1 : 0;
        for (int c = 0; c < probabilities.Length; c++)
        {
            other = c != label && probabilities[c] > probabilities[other] ? c : other;
        }

        return new SuspectLabel(row, other, probabilities[label]);
    }
}
