namespace TransferLearning.Heads;

/// <summary>A classifier over bottlenecks: logits = weights * bottleneck + bias, probabilities = softmax(logits).</summary>
/// <remarks>Immutable; thread-safe. It holds its own copy of the weights.</remarks>
public sealed class LinearHead
{
    private readonly float[] _weights;
    private readonly float[] _bias;

    /// <summary>Copies the weights of a trained head.</summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="featureSize">The length of one bottleneck, at least 1.</param>
    /// <param name="weights">[classes, featureSize].</param>
    /// <param name="bias">[classes].</param>
    /// <exception cref="ArgumentException">The lengths do not match, or there are fewer than 2 classes or no features.</exception>
    public LinearHead(int classes, int featureSize, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureSize, 1);
        if (weights.Length != (long)classes * featureSize || bias.Length != classes)
        {
            throw new ArgumentException(
                $"a head of {classes} classes over {featureSize} features has {classes} x {featureSize} weights and {classes} biases, "
                + $"not {weights.Length} and {bias.Length}");
        }

        (Classes, FeatureSize, _weights, _bias) = (classes, featureSize, weights.ToArray(), bias.ToArray());
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The length of one bottleneck.</summary>
    public int FeatureSize { get; }

    /// <summary>[Classes, FeatureSize], row-major.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>[Classes].</summary>
    public ReadOnlySpan<float> Bias => _bias;
}
