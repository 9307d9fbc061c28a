using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>Extends heads, probabilities and labeled bottlenecks from some classes to more, matched by name.</summary>
internal static class HeadClasses
{
    /// <summary>The head with outputs for all classes; those that it did not know start with zero weights.</summary>
    public static LinearHead Expand(LinearHead head, IReadOnlyList<string> known, IReadOnlyList<string> classes)
    {
        float[] weights = new float[classes.Count * head.FeatureSize];
        float[] bias = new float[classes.Count];
        int[] target = Positions(known, classes);
        for (int c = 0; c < known.Count; c++)
        {
            head.Weights.Slice(c * head.FeatureSize, head.FeatureSize).CopyTo(weights.AsSpan(target[c] * head.FeatureSize));
            bias[target[c]] = head.Bias[c];
        }

        return new LinearHead(classes.Count, head.FeatureSize, weights, bias);
    }

    /// <summary>[n, classes] from [n, known]; classes that were not known get 0.</summary>
    public static float[] Expand(ReadOnlySpan<float> probabilities, IReadOnlyList<string> known, IReadOnlyList<string> classes)
    {
        int rows = probabilities.Length / known.Count;
        float[] expanded = new float[rows * classes.Count];
        int[] target = Positions(known, classes);
        for (int i = 0; i < rows; i++)
        {
            for (int c = 0; c < known.Count; c++)
            {
                expanded[(i * classes.Count) + target[c]] = probabilities[(i * known.Count) + c];
            }
        }

        return expanded;
    }

    /// <summary>The same rows, their labels indexing more classes.</summary>
    public static LabeledBottlenecks Expand(LabeledBottlenecks data, IReadOnlyList<string> classes)
    {
        int[] target = Positions(data.ClassNames, classes);
        int[] labels = [.. data.Labels];
        return new LabeledBottlenecks(data.Bottlenecks, Array.ConvertAll(labels, l => target[l]), classes, data.Weights.ToArray());
    }

    private static int[] Positions(IReadOnlyList<string> known, IReadOnlyList<string> classes)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < classes.Count; c++)
        {
            positions.Add(classes[c], c);
        }

        return [.. known.Select(name => positions[name])];
    }
}
