namespace TransferLearning.Evaluation;

/// <summary>The logits that one head, or each of several, gives for labeled images. Immutable.</summary>
internal sealed class LabeledLogits
{
    private readonly IReadOnlyList<float[]> _logits;
    private readonly float[][] _largest;
    private readonly int[] _labels;
    private readonly int _classes;

    /// <param name="logits">[images, classes] for each head, at least one.</param>
    /// <param name="labels">[images].</param>
    public LabeledLogits(IReadOnlyList<float[]> logits, int[] labels)
    {
        (_logits, _labels, _classes) = (logits, labels, labels.Length == 0 ? 0 : logits[0].Length / labels.Length);
        _largest = [.. Enumerable.Range(0, logits.Count).Select(h => Enumerable.Range(0, Count).Select(i => Largest(Row(h, i))).ToArray())];
        Right = Enumerable.Range(0, Count).Count(i => IsRight(i, labels[i]));
    }

    /// <summary>The number of heads.</summary>
    public int Heads => _logits.Count;

    /// <summary>The number of images.</summary>
    public int Count => _labels.Length;

    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The number of images whose label is the most probable class, by the mean of the heads' probabilities.</summary>
    public int Right { get; }

    /// <summary>The logits of an image by a head, [classes].</summary>
    public ReadOnlySpan<float> Row(int head, int image) => _logits[head].AsSpan(image * _classes, _classes);

    /// <summary>The largest logit of an image by a head.</summary>
    public float Largest(int head, int image) => _largest[head][image];

    /// <summary>The same images, their logits divided by a temperature.</summary>
    public LabeledLogits Divide(double temperature) =>
        new([.. _logits.Select(head => Array.ConvertAll(head, l => (float)(l / temperature)))], _labels);

    private static float Largest(ReadOnlySpan<float> row)
    {
        float largest = row[0];
        foreach (float logit in row)
        {
            largest = logit > largest ? logit : largest;
        }

        return largest;
    }

    private bool IsRight(int image, int label)
    {
        if (Heads == 1)
        {
            return Row(0, image).IndexOf(Largest(0, image)) == label;
        }

        double[] probabilities = new double[_classes];
        for (int h = 0; h < Heads; h++)
        {
            double[] shares = Array.ConvertAll(Row(h, image).ToArray(), logit => Math.Exp((double)logit - Largest(h, image)));
            double sum = shares.Sum();
            for (int c = 0; c < _classes; c++)
            {
                probabilities[c] += shares[c] / sum;
            }
        }

        return Array.IndexOf(probabilities, probabilities.Max()) == label;
    }
}
