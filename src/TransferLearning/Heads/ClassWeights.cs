using System.Collections.ObjectModel;
using System.Globalization;

namespace TransferLearning.Heads;

/// <summary>How much the images of each class count in training.</summary>
/// <remarks>
/// Immutable; thread-safe. The weight of a class multiplies the weights of its rows, where there are any
/// (<see cref="LabeledBottlenecks.Weights"/>).
/// </remarks>
public sealed class ClassWeights
{
    private readonly ReadOnlyDictionary<string, double>? _custom;
    private readonly bool _balanced;

    private ClassWeights(bool balanced, ReadOnlyDictionary<string, double>? custom) => (_balanced, _custom) = (balanced, custom);

    /// <summary>Every image counts the same. The default.</summary>
    public static ClassWeights None { get; } = new(false, null);

    /// <summary>
    /// Every class contributes the same total: an image counts images / (classes * images of its class), as in scikit-learn's "balanced".
    /// </summary>
    public static ClassWeights Balanced { get; } = new(true, null);

    /// <summary>One weight per class, by name; a class that is not named counts 1.</summary>
    /// <param name="weights">
    /// Class names and weights, finite and above 0: training refuses other weights, and names of classes that do not exist. They are
    /// copied.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    public static ClassWeights Custom(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new(false, new ReadOnlyDictionary<string, double>(weights.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal)));
    }

    /// <summary>The weights in words that are equal for equal weights; empty where every image counts the same.</summary>
    internal string Description => _balanced ? "balanced"
        : string.Join(", ", (_custom ?? ReadOnlyDictionary<string, double>.Empty)
            .OrderBy(w => w.Key, StringComparer.Ordinal)
            .Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key} {w.Value:R}")));

    internal void Validate(List<string> problems)
    {
        foreach ((string name, double weight) in _custom ?? ReadOnlyDictionary<string, double>.Empty)
        {
            if (!double.IsFinite(weight) || weight <= 0)
            {
                problems.Add($"the weight of class '{name}' is {weight}: it must be finite and above 0");
            }
        }
    }

    /// <summary>[n]: class weight times row weight.</summary>
    /// <exception cref="TransferLearningException">A custom weight names a class that does not exist.</exception>
    internal float[] RowWeights(LabeledBottlenecks data)
    {
        double[] byClass = PerClass(data);
        float[] rows = new float[data.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (float)byClass[data.Labels[i]] * (data.Weights.IsEmpty ? 1 : data.Weights[i]);
        }

        return rows;
    }

    private double[] PerClass(LabeledBottlenecks data)
    {
        double[] weights = Enumerable.Repeat(1.0, data.ClassNames.Count).ToArray();
        if (_balanced)
        {
            // Row weights count too: what is balanced is the total that each class contributes.
            double[] totals = new double[weights.Length];
            for (int i = 0; i < data.Count; i++)
            {
                totals[data.Labels[i]] += data.Weights.IsEmpty ? 1 : data.Weights[i];
            }

            double mean = totals.Sum() / totals.Count(t => t > 0);
            return [.. totals.Select(t => t > 0 ? mean / t : 0)];
        }

        foreach ((string name, double weight) in _custom ?? ReadOnlyDictionary<string, double>.Empty)
        {
            int index = data.ClassNames.ToList().IndexOf(name);
            weights[index >= 0 ? index : throw Unknown(name, data.ClassNames)] = weight;
        }

        return weights;
    }

    private static TransferLearningException Unknown(string name, IReadOnlyList<string> classes) =>
        new($"a weight is given for class '{name}', which does not exist; the classes are: {string.Join(", ", classes)}");
}
