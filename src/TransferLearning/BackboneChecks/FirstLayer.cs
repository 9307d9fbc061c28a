using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.BackboneChecks;

/// <summary>
/// What the beginning of a network tells about the pixel values that it was trained with. Its first batch normalization, where the file
/// still has one, holds mean and variance of the value before it over the training images. Elsewhere the outputs of the first convolution
/// tell the magnitude: they are of about 1 if the pixel values are those of the training.
/// </summary>
internal sealed class FirstLayer
{
    // Of a channel that is never active in training: one such channel must not outweigh all others.
    private const double MaxDivergence = 10;

    private readonly Node? _normalization;
    private readonly Graph _graph;

    private FirstLayer(Graph graph, Node? normalization, string value) => (_graph, _normalization, Value) = (graph, normalization, value);

    /// <summary>The name of the value to compute.</summary>
    public string Value { get; }

    /// <summary>Whether <see cref="Distance"/> tells means and scales exactly, and not only the magnitude.</summary>
    public bool IsExact => _normalization is not null;

    /// <summary>The first layer of a network; null where it begins with something else, such as patches and their positions.</summary>
    public static FirstLayer? Of(Graph graph)
    {
        Node? normalization = graph.Nodes.FirstOrDefault(n => n.OperatorName == "BatchNormalization");
        if (normalization is not null && normalization.Inputs.Skip(1).All(graph.Initializers.ContainsKey))
        {
            return new FirstLayer(graph, normalization, normalization.Inputs[0]);
        }

        Node? convolution = graph.Nodes.FirstOrDefault(n => n.OperatorName == "Conv");
        return convolution is null ? null : new FirstLayer(graph, null, convolution.Outputs[0]);
    }

    /// <summary>How far the value is from what the network expects, at least 0; 0 is best.</summary>
    /// <param name="outputs">[images, channels, pixels].</param>
    /// <param name="images">The number of images.</param>
    public double Distance(float[] outputs, int images)
    {
        int channels = Channels();
        (double[] means, double[] variances) = Statistics(outputs, images, channels);
        return _normalization is null ? Magnitude(variances) : Divergence(means, variances, _normalization);
    }

    private int Channels()
    {
        Node node = _normalization ?? _graph.Nodes.First(n => n.Outputs[0] == Value);
        return _graph.Initializers[node.Inputs[1]].Shape[0];
    }

    private static (double[] Means, double[] Variances) Statistics(float[] outputs, int images, int channels)
    {
        double[] means = new double[channels], variances = new double[channels];
        int pixels = outputs.Length / images / channels;
        for (int i = 0; i < outputs.Length; i += pixels)
        {
            int channel = i / pixels % channels;
            double sum = 0, squares = 0;
            foreach (float value in outputs.AsSpan(i, pixels))
            {
                sum += value;
                squares += (double)value * value;
            }

            means[channel] += sum / pixels / images;
            variances[channel] += squares / pixels / images;
        }

        for (int c = 0; c < channels; c++)
        {
            variances[c] = Math.Max(0, variances[c] - (means[c] * means[c]));
        }

        return (means, variances);
    }

    /// <summary>The Kullback-Leibler divergence of the images' normal distribution from that of the training, averaged over the
    /// channels.</summary>
    private double Divergence(double[] means, double[] variances, Node normalization)
    {
        const double Tiny = 1e-12;
        ReadOnlySpan<float> runningMeans = _graph.Initializers[normalization.Inputs[3]].Floats;
        ReadOnlySpan<float> runningVariances = _graph.Initializers[normalization.Inputs[4]].Floats;
        double sum = 0;
        for (int c = 0; c < means.Length; c++)
        {
            double expected = runningVariances[c] + Tiny, variance = variances[c] + Tiny, difference = means[c] - runningMeans[c];
            double divergence = (Math.Log(expected / variance) + ((variance + (difference * difference)) / expected) - 1) / 2;
            sum += Math.Min(divergence, MaxDivergence);
        }

        return sum / means.Length;
    }

    // The ninth decile of the channels' deviations: some channels of every network are hardly used.
    private static double Magnitude(double[] variances)
    {
        double[] sorted = [.. variances.Order()];
        return Math.Abs(Math.Log(Math.Sqrt(sorted[sorted.Length * 9 / 10]) + double.Epsilon));
    }
}
