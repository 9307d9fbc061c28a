using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Training;

/// <summary>
/// The loss of a graph for a batch in double precision, operator by operator as the definitions say: what gradients are checked against.
/// </summary>
internal sealed class DoubleNetwork(Graph graph, bool usesBatchStatistics)
{
    /// <summary>The weights, which a test changes one by one.</summary>
    public Dictionary<string, double[]> Weights { get; } =
        graph.Initializers.Where(i => i.Value.Type == ElementType.Float32).ToDictionary(i => i.Key, i => i.Value.ToDoubles());

    /// <summary>The mean cross-entropy of the output's softmax and the targets.</summary>
    /// <param name="images">[count, height, width, channels].</param>
    /// <param name="targets">[count, classes].</param>
    /// <param name="count">The number of images.</param>
    public double Loss(float[] images, float[] targets, int count) => CrossEntropy(Logits(images, count), targets, count);

    /// <summary>The mean cross-entropy of the softmax of logits, [count, classes], and the targets.</summary>
    public static double CrossEntropy(double[] logits, float[] targets, int count)
    {
        int classes = targets.Length / count;
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            double[] row = logits[(i * classes)..((i + 1) * classes)];
            double sum = Math.Log(row.Sum(Math.Exp));
            for (int c = 0; c < classes; c++)
            {
                loss -= targets[(i * classes) + c] * (row[c] - sum) / count;
            }
        }

        return loss;
    }

    /// <summary>The first output, [count, classes].</summary>
    public double[] Logits(float[] images, int count) => Output(graph.Outputs[0].Name, images, count);

    /// <summary>An output, [count, length].</summary>
    public double[] Output(string name, float[] images, int count)
    {
        Shape input = graph.Inputs[0].Shape;
        (int channels, int height, int width) = (input[1], input[2], input[3]);
        double[] nchw = new double[count * channels * height * width];
        for (int i = 0; i < nchw.Length; i++)
        {
            int x = i % width, y = i / width % height, c = i / width / height % channels, n = i / width / height / channels;
            nchw[i] = images[(((((n * height) + y) * width) + x) * channels) + c];
        }

        var values = new Dictionary<string, Batch> { [graph.Inputs[0].Name] = new Batch(nchw, count, channels, height, width) };
        foreach (Node node in graph.Nodes)
        {
            values[node.Output] = Evaluate(node, values);
        }

        return values[name].Values;
    }

    private Batch Evaluate(Node node, Dictionary<string, Batch> values)
    {
        Batch x = values.TryGetValue(node.Inputs[0], out Batch? first) ? first : values[node.Inputs[1]];
        return node.OperatorName switch
        {
            "Conv" => Convolve(node, x),
            "BatchNormalization" => Normalize(node, x),
            "Gemm" => Multiply(node, x),
            "Relu" => x.Map(v => Math.Max(v, 0)),
            "LeakyRelu" => x.Map(v => v < 0 ? v * node.Attributes.Float("alpha", 0.01f) : v),
            "Clip" => x.Map(v => Math.Clamp(v, Weights[node.Inputs[1]][0], Weights[node.Inputs[2]][0])),
            "Sigmoid" => x.Map(v => 1 / (1 + Math.Exp(-v))),
            "Tanh" => x.Map(Math.Tanh),
            "HardSigmoid" => x.Map(v =>
                Math.Clamp((v * node.Attributes.Float("alpha", 0.2f)) + node.Attributes.Float("beta", 0.5f), 0, 1)),
            "HardSwish" => x.Map(v => v * Math.Clamp((v / 6) + 0.5, 0, 1)),
            "Add" when values.TryGetValue(node.Inputs[1], out Batch? b) => x.Combine(b, (p, q) => p + q),
            "Mul" when values.TryGetValue(node.Inputs[1], out Batch? b) =>
                x.Values.Length >= b.Values.Length ? x.Combine(b, (p, q) => p * q) : b.Combine(x, (p, q) => p * q),
            "Mul" => x.PerChannel(Weights[node.Inputs[1]], (p, q) => p * q),
            "Sub" => x.PerChannel(Weights[node.Inputs[1]], (p, q) => p - q),
            "MaxPool" => Pool(node, x, static elements => elements.Max()),
            "AveragePool" => Pool(node, x, static elements => elements.Average()),
            "GlobalAveragePool" => new Batch(
                [.. x.Values.Chunk(x.Height * x.Width).Select(static p => p.Average())], x.Count, x.Channels, 1, 1),
            "Flatten" or "Reshape" => new Batch(x.Values, x.Count, x.Channels * x.Height * x.Width, 1, 1),
            "Concat" => Concatenate([.. node.Inputs.Select(i => values[i])]),
            _ => throw new NotSupportedException(node.OperatorName),
        };
    }

    private Batch Convolve(Node node, Batch x)
    {
        Tensor weights = graph.Initializers[node.Inputs[1]];
        double[] w = Weights[node.Inputs[1]];
        double[]? bias = node.InputOrNull(2) is { } name ? Weights[name] : null;
        int groups = (int)ConvOperator.GroupsOf(node), outputs = weights.Shape[0], inputs = weights.Shape[1];
        SpatialWindow window = ConvOperator.WindowOf(node, new Shape(1, x.Channels, x.Height, x.Width), weights.Shape);
        (int height, int width) = (window.Vertical.Output, window.Horizontal.Output);
        double[] result = new double[x.Count * outputs * height * width];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % width, row = i / width % height, o = i / width / height % outputs, n = i / width / height / outputs;
            double sum = bias?[o] ?? 0;
            for (int c = 0; c < inputs; c++)
            {
                int tap = ((o * inputs) + c) * window.Vertical.Kernel * window.Horizontal.Kernel;
                foreach ((int y, int z) in window.Elements(row, column))
                {
                    sum += window.IsInside(y, z) ? w[tap] * x.At(n, (o / (outputs / groups) * inputs) + c, y, z) : 0;
                    tap++;
                }
            }

            result[i] = sum;
        }

        return new Batch(result, x.Count, outputs, height, width);
    }

    private Batch Normalize(Node node, Batch x)
    {
        double[] scale = new double[x.Channels], shift = new double[x.Channels];
        for (int c = 0; c < x.Channels; c++)
        {
            double mean = Weights[node.Inputs[3]][c], variance = Weights[node.Inputs[4]][c];
            if (usesBatchStatistics)
            {
                double[] all = [.. x.Channel(c)];
                mean = all.Average();
                variance = all.Average(v => (v - mean) * (v - mean));
            }

            scale[c] = Weights[node.Inputs[1]][c] / Math.Sqrt(variance + node.Attributes.Float("epsilon", 1e-5f));
            shift[c] = Weights[node.Inputs[2]][c] - (mean * scale[c]);
        }

        return x.PerChannel(scale, (v, s) => v * s).PerChannel(shift, (v, s) => v + s);
    }

    private Batch Multiply(Node node, Batch x)
    {
        Tensor weights = graph.Initializers[node.Inputs[1]];
        bool rows = GemmOperator.TransposesB(node);
        int outputs = weights.Shape[rows ? 0 : 1], inputs = weights.Shape[rows ? 1 : 0];
        double[] w = Weights[node.Inputs[1]];
        double[] result = new double[x.Count * outputs];
        for (int i = 0; i < result.Length; i++)
        {
            int n = i / outputs, o = i % outputs;
            result[i] = node.InputOrNull(2) is { } bias ? Weights[bias][o] : 0;
            for (int c = 0; c < inputs; c++)
            {
                result[i] += x.Values[(n * inputs) + c] * w[rows ? (o * inputs) + c : (c * outputs) + o];
            }
        }

        return new Batch(result, x.Count, outputs, 1, 1);
    }

    private static Batch Pool(Node node, Batch x, Func<IEnumerable<double>, double> reduce)
    {
        SpatialWindow window = PoolOperator.WindowOf(node, new Shape(1, x.Channels, x.Height, x.Width));
        (int height, int width) = (window.Vertical.Output, window.Horizontal.Output);
        double[] result = new double[x.Count * x.Channels * height * width];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % width, row = i / width % height, c = i / width / height % x.Channels, n = i / width / height / x.Channels;
            result[i] = reduce(window.Elements(row, column).Where(e => window.IsInside(e.Row, e.Column))
                .Select(e => x.At(n, c, e.Row, e.Column)));
        }

        return new Batch(result, x.Count, x.Channels, height, width);
    }

    private static Batch Concatenate(Batch[] parts)
    {
        Batch first = parts[0];
        var values = new List<double>();
        for (int n = 0; n < first.Count; n++)
        {
            foreach (Batch part in parts)
            {
                int length = part.Values.Length / part.Count;
                values.AddRange(part.Values.AsSpan(n * length, length));
            }
        }

        return new Batch([.. values], first.Count, parts.Sum(p => p.Channels), first.Height, first.Width);
    }

    /// <summary>[count, channels, height, width].</summary>
    private sealed record Batch(double[] Values, int Count, int Channels, int Height, int Width)
    {
        public double At(int n, int c, int y, int x) => Values[(((((n * Channels) + c) * Height) + y) * Width) + x];

        public Batch Map(Func<double, double> function) => this with { Values = [.. Values.Select(function)] };

        public Batch Combine(Batch other, Func<double, double, double> function) => this with
        {
            Values = [.. Values.Select((v, i) => function(
                v, other.Values[other.Values.Length == Values.Length ? i : i / (Height * Width)]))],
        };

        public Batch PerChannel(double[] other, Func<double, double, double> function) => this with
        {
            Values = [.. Values.Select((v, i) => function(v, other[other.Length == 1 ? 0 : i / (Height * Width) % Channels]))],
        };

        public IEnumerable<double> Channel(int c) => Values.Where((_, i) => i / (Height * Width) % Channels == c);
    }
}
