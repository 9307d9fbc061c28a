using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;

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

    // The standard deviation of ImageNet's pixel values, and that of images of nearly one color.
    private const double TypicalContrast = 57;
    private const double MinContrast = 2;

    private readonly Node? _normalization;
    private readonly Graph _graph;

    private FirstLayer(Graph graph, Node? normalization, string value) => (_graph, _normalization, Value) = (graph, normalization, value);

    /// <summary>The name of the value to compute.</summary>
    public string Value { get; }

    /// <summary>Whether <see cref="Distance"/> tells means and scales exactly, and not only the magnitude.</summary>
    public bool IsExact => _normalization is not null;

    /// <summary>
    /// The first layer of a network; null where it begins with something else, such as patches and their positions, or where the embedded
    /// engine does not compute it.
    /// </summary>
    public static FirstLayer? Of(Graph graph) =>
        Find(graph) is { } layer && GraphCut.At(graph, layer.Value).UnsupportedReason is null ? layer : null;

    private static FirstLayer? Find(Graph graph)
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
    /// <param name="network">The part of the network that computes <see cref="Value"/>.</param>
    /// <param name="images">The sample.</param>
    /// <param name="count">The number of images to run, the first ones.</param>
    /// <param name="normalization">How they become inputs.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public double Distance(
        CheckedNetwork network,
        SampledImages images,
        int count,
        PixelNormalization normalization,
        CancellationToken cancellationToken)
    {
        int channels = Channels();
        double[] sums = new double[count * channels], squares = new double[count * channels];
        network.Run(images, count, normalization, Add, cancellationToken);
        double[] means = Averages(sums, count, channels), variances = Averages(squares, count, channels);
        for (int c = 0; c < channels; c++)
        {
            variances[c] = Math.Max(0, variances[c] - (means[c] * means[c]));
        }

        return _normalization is null
            ? Magnitude(variances, TypicalContrast / Math.Max(images.Contrast, MinContrast))
            : Divergence(means, variances, _normalization);

        void Add(int image, ReadOnlySpan<float> output)
        {
            int pixels = output.Length / channels;
            for (int c = 0; c < channels; c++)
            {
                double sum = 0, square = 0;
                foreach (float value in output.Slice(c * pixels, pixels))
                {
                    sum += value;
                    square += (double)value * value;
                }

                (sums[(image * channels) + c], squares[(image * channels) + c]) = (sum / pixels, square / pixels);
            }
        }
    }

    private int Channels()
    {
        Node node = _normalization ?? _graph.Nodes.First(n => n.Outputs[0] == Value);
        return _graph.Initializers[node.Inputs[1]].Shape[0];
    }

    /// <summary>[channels]: the averages over the images, summed in their order.</summary>
    private static double[] Averages(double[] values, int images, int channels)
    {
        double[] averages = new double[channels];
        for (int i = 0; i < values.Length; i++)
        {
            averages[i % channels] += values[i] / images;
        }

        return averages;
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

    /// <summary>The logarithm of the deviation that photos of the usual contrast would have.</summary>
    /// <param name="variances">[channels].</param>
    /// <param name="contrast">How many times the contrast of the images the usual one is: pictures of one surface have little.</param>
    private static double Magnitude(double[] variances, double contrast)
    {
        // The ninth decile of the channels: some channels of every network are hardly used.
        double[] sorted = [.. variances.Order()];
        return Math.Abs(Math.Log((Math.Sqrt(sorted[sorted.Length * 9 / 10]) * contrast) + double.Epsilon));
    }
}
