using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Operators.Reduction;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Training;

/// <summary>
/// The loss of a graph with tokens in double precision, image by image and operator by operator as the definitions say: what gradients are
/// checked against. Nodes that only rearrange elements are applied to the numbers of the elements.
/// </summary>
internal sealed class DoubleTokenNetwork(Graph graph)
{
    /// <summary>The weights, which a test changes one by one.</summary>
    public Dictionary<string, double[]> Weights { get; } =
        graph.Initializers.Where(i => i.Value.Type == ElementType.Float32).ToDictionary(i => i.Key, i => i.Value.ToDoubles());

    /// <summary>The mean cross-entropy of the output's softmax and the targets.</summary>
    /// <param name="images">[count, height, width, channels].</param>
    /// <param name="targets">[count, classes].</param>
    /// <param name="count">The number of images.</param>
    public double Loss(float[] images, float[] targets, int count)
    {
        int length = images.Length / count;
        double[] logits = [.. Enumerable.Range(0, count).SelectMany(i => Logits(images.AsSpan(i * length, length)))];
        return DoubleNetwork.CrossEntropy(logits, targets, count);
    }

    private double[] Logits(ReadOnlySpan<float> image)
    {
        Shape input = graph.Inputs[0].Shape;
        int pixels = input[2] * input[3];
        double[] planes = new double[image.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = image[(i % pixels * input[1]) + (i / pixels)];
        }

        var values = new Dictionary<string, Value> { [graph.Inputs[0].Name] = new Value(planes, input) };
        foreach ((string name, double[] weights) in Weights)
        {
            values[name] = new Value(weights, graph.Initializers[name].Shape);
        }

        foreach (Node node in graph.Nodes)
        {
            Value[] outputs = Evaluate(node, values);
            foreach ((string name, Value value) in node.Outputs.Zip(outputs))
            {
                values[name] = value;
            }
        }

        return values[graph.Outputs[0].Name].Numbers;
    }

    private Value[] Evaluate(Node node, Dictionary<string, Value> values)
    {
        Value x = values[node.Inputs[0]];
        return node.OperatorName switch
        {
            "Add" => [x.Combine(values[node.Inputs[1]], (p, q) => p + q)],
            "Sub" => [x.Combine(values[node.Inputs[1]], (p, q) => p - q)],
            "Mul" => [x.Combine(values[node.Inputs[1]], (p, q) => p * q)],
            "Div" => [x.Combine(values[node.Inputs[1]], (p, q) => p / q)],
            "MatMul" => [Multiply(x, values[node.Inputs[1]])],
            "Gemm" => [Multiply(x, RightSide(node, values)).Combine(values[node.Inputs[2]], (p, q) => p + q)],
            "Relu" => [x.Map(v => Math.Max(v, 0))],
            "Sigmoid" => [x.Map(v => 1 / (1 + Math.Exp(-v)))],
            "Gelu" when node.Attributes.Text("approximate", "none") == "none" => [x.Map(v => v * (1 + Erf(v / Math.Sqrt(2))) / 2)],
            "Gelu" => [x.Map(v => v / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + (0.044715 * v * v * v)))))],
            "Softmax" => [x.MapRows(Softmax)],
            "LayerNormalization" => [Normalize(node, x)],
            "ReduceMean" => [Mean(node, x)],
            "GlobalAveragePool" =>
                [new Value([.. x.Numbers.Chunk(x.Shape[2] * x.Shape[3]).Select(p => p.Average())], new Shape(1, x.Shape[1], 1, 1))],
            "Conv" => [Convolve(node, x)],
            _ => Rearrange(node, values),
        };
    }

    private Value[] Rearrange(Node node, Dictionary<string, Value> values)
    {
        var all = new List<double> { 0 };
        var operands = new List<Operand?>();
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (!values.TryGetValue(node.Inputs[i], out Value? value))
            {
                operands.Add(new Operand(graph.Initializers[node.Inputs[i]]));
                continue;
            }

            int[] numbers = [.. Enumerable.Range(all.Count, value.Numbers.Length)];
            all.AddRange(value.Numbers);
            operands.Add(new Operand(Tensor.Create(value.Shape, numbers)));
        }

        Tensor[] outputs = OperatorSet.Find(node, graph.OpsetVersion).Evaluate(new OperatorCall(node, graph.OpsetVersion, [.. operands]));
        return [.. outputs.Select(o => new Value([.. o.Values<int>().ToArray().Select(n => all[n])], o.Shape))];
    }

    private static Value RightSide(Node gemm, Dictionary<string, Value> values)
    {
        Value matrix = values[gemm.Inputs[1]];
        if (!GemmOperator.TransposesB(gemm))
        {
            return matrix;
        }

        (int rows, int columns) = (matrix.Shape[0], matrix.Shape[1]);
        return new Value(
            [.. matrix.Numbers.Select((_, i) => matrix.Numbers[(i % rows * columns) + (i / rows)])], new Shape(columns, rows));
    }

    private static Value Multiply(Value a, Value b)
    {
        (int rows, int inner, int columns) = (a.Shape[-2], a.Shape[-1], b.Shape[-1]);
        Shape batch = Broadcasting.Combine(new Shape(a.Shape.Dimensions[..^2]), new Shape(b.Shape.Dimensions[..^2]))!;
        int[] left = Broadcasting.Positions(a.Shape, new Shape([.. batch.Dimensions, rows, inner]));
        int[] right = Broadcasting.Positions(b.Shape, new Shape([.. batch.Dimensions, inner, columns]));
        double[] result = new double[batch.Length * rows * columns];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % columns, row = i / columns, matrix = row / rows;
            for (int k = 0; k < inner; k++)
            {
                result[i] += a.Numbers[left[(row * inner) + k]] * b.Numbers[right[(((matrix * inner) + k) * columns) + column]];
            }
        }

        return new Value(result, new Shape([.. batch.Dimensions, rows, columns]));
    }

    private static double[] Softmax(double[] row)
    {
        double[] powers = [.. row.Select(v => Math.Exp(v - row.Max()))];
        return [.. powers.Select(p => p / powers.Sum())];
    }

    private Value Normalize(Node node, Value x)
    {
        double[] scale = Weights[node.Inputs[1]], shift = node.InputOrNull(2) is { } name ? Weights[name] : new double[scale.Length];
        return x.MapRows(row =>
        {
            double mean = row.Average(), variance = row.Average(v => (v - mean) * (v - mean));
            double deviation = Math.Sqrt(variance + node.Attributes.Float("epsilon", 1e-5f));
            return [.. row.Select((v, c) => ((v - mean) / deviation * scale[c]) + shift[c])];
        });
    }

    private Value Mean(Node node, Value x)
    {
        var call = new OperatorCall(node, graph.OpsetVersion, [.. node.Inputs.Select(i => graph.Initializers.TryGetValue(i, out Tensor? t)
            ? new Operand(t)
            : new Operand(new TensorType(ElementType.Float32, x.Shape), null))]);
        int[] axes = ReducedAxes.Of(call);
        int[] kept = [.. Enumerable.Range(0, x.Shape.Rank).Except(axes)];
        int count = axes.Aggregate(1, (n, a) => n * x.Shape[a]);
        var numbers = Tensor.Create(x.Shape, Enumerable.Range(0, x.Numbers.Length).ToArray());
        int[] ordered = TransposeOperator.Transpose(numbers, [.. kept, .. axes]).Values<int>().ToArray();
        return new Value(
            [.. ordered.Chunk(count).Select(c => c.Average(i => x.Numbers[i]))],
            new Shape([.. Enumerable.Range(0, x.Shape.Rank).Where(a => ReducedAxes.AreKept(node) || kept.Contains(a))
                .Select(a => kept.Contains(a) ? x.Shape[a] : 1)]));
    }

    private Value Convolve(Node node, Value x)
    {
        Tensor weights = graph.Initializers[node.Inputs[1]];
        double[] w = Weights[node.Inputs[1]];
        double[]? bias = node.InputOrNull(2) is { } name ? Weights[name] : null;
        SpatialWindow window = ConvOperator.WindowOf(node, x.Shape, weights.Shape);
        int groups = (int)ConvOperator.GroupsOf(node), outputs = weights.Shape[0], inputs = weights.Shape[1];
        (int height, int width) = (window.Vertical.Output, window.Horizontal.Output);
        double[] result = new double[outputs * height * width];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % width, row = i / width % height, o = i / width / height;
            result[i] = bias?[o] ?? 0;
            for (int c = 0; c < inputs; c++)
            {
                int tap = ((o * inputs) + c) * window.Vertical.Kernel * window.Horizontal.Kernel;
                int channel = (o / (outputs / groups) * inputs) + c;
                foreach ((int y, int z) in window.Elements(row, column))
                {
                    result[i] += window.IsInside(y, z) ? w[tap] * x.Numbers[(((channel * x.Shape[2]) + y) * x.Shape[3]) + z] : 0;
                    tap++;
                }
            }
        }

        return new Value(result, new Shape(1, outputs, height, width));
    }

    /// <summary>The error function by its series: 2 / sqrt(pi) times the sum of (-1)^n x^(2n+1) / (n! (2n + 1)).</summary>
    private static double Erf(double x)
    {
        double power = x, sum = x;
        for (int n = 1; n < 100; n++)
        {
            power *= -x * x / n;
            sum += power / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private sealed record Value(double[] Numbers, Shape Shape)
    {
        public Value Map(Func<double, double> function) => this with { Numbers = [.. Numbers.Select(function)] };

        public Value MapRows(Func<double[], double[]> function) =>
            this with { Numbers = [.. Numbers.Chunk(Shape[-1]).SelectMany(function)] };

        public Value Combine(Value other, Func<double, double, double> function)
        {
            Shape shape = Broadcasting.Combine(Shape, other.Shape)!;
            int[] left = Broadcasting.Positions(Shape, shape), right = Broadcasting.Positions(other.Shape, shape);
            return new Value([.. left.Zip(right, (l, r) => function(Numbers[l], other.Numbers[r]))], shape);
        }
    }
}
