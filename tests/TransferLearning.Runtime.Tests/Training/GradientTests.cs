using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Kernels;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Tests.Training;

/// <summary>Gradients against central differences of the loss in double precision.</summary>
public class GradientTests
{
    private const int Images = 3;
    private const int Classes = 4;

    /// <summary>Small networks, by what is in them.</summary>
    private static readonly Dictionary<string, Func<GraphBuilder, string, string>> Networks = new()
    {
        ["convolution"] = (b, x) => b.ConvWithBias(x, 20, 3),
        ["strided convolution"] = (b, x) => b.ConvWithBias(b.ConvWithBias(x, 18, 3), 20, 3, stride: 2),
        ["pointwise strided convolution"] = (b, x) => b.ConvWithBias(b.ConvWithBias(x, 18, 1), 20, 1, stride: 2, pad: 0),
        ["wide convolution"] = (b, x) => b.ConvWithBias(b.ConvWithBias(b.MaxPool(x, 3, 3), 300, 1), 250, 1),
        ["wide strided convolution"] = (b, x) =>
            b.ConvWithBias(b.Relu(b.BatchNormalization(b.Conv(b.MaxPool(x, 3, 3, 1), 90, 1))), 90, 3, stride: 2),
        ["five by five"] = (b, x) => b.ConvWithBias(b.ConvWithBias(x, 5, 5), 6, 5, stride: 3),
        ["grouped convolution"] = (b, x) => b.Conv(b.ConvWithBias(x, 24, 1), 48, 3, group: 4),
        ["strided grouped convolution"] = (b, x) => b.Conv(b.ConvWithBias(x, 64, 1), 32, 3, stride: 2, group: 2),
        ["depthwise convolution"] = (b, x) => b.Conv(b.ConvWithBias(x, 20, 1), 20, 3, group: 20),
        ["strided depthwise convolution"] = (b, x) => b.Conv(b.Relu(b.ConvWithBias(x, 20, 1)), 20, 5, stride: 2, group: 20),
        ["normalization"] = (b, x) => b.Relu(b.BatchNormalization(b.Conv(x, 20, 3))),
        ["normalization without an activation"] = (b, x) => b.BatchNormalization(b.Conv(x, 20, 3)),
        ["normalization first"] = (b, x) => b.Conv(b.Relu(b.BatchNormalization(x)), 20, 3),
        ["normalization of a sum"] = (b, x) =>
        {
            string y = b.Conv(x, 20, 1);
            return b.Relu(b.BatchNormalization(b.Add(y, b.Conv(b.Relu(b.BatchNormalization(y)), 20, 3))));
        },
        ["residual block"] = (b, x) =>
        {
            string y = b.Relu(b.BatchNormalization(b.Conv(x, 20, 3)));
            string z = b.BatchNormalization(b.Conv(b.Relu(b.BatchNormalization(b.Conv(y, 20, 3))), 20, 3));
            return b.Conv(b.Relu(b.Add(z, y)), 24, 1);
        },
        ["inverted residual"] = (b, x) =>
        {
            string y = b.BatchNormalization(b.Conv(x, 12, 1));
            string z = b.Relu6(b.BatchNormalization(b.Conv(y, 48, 1)));
            z = b.Relu6(b.BatchNormalization(b.Conv(z, 48, 3, group: 48)));
            return b.Add(b.BatchNormalization(b.Conv(z, 12, 1)), y);
        },
        ["squeeze and excite"] = (b, x) =>
        {
            string y = b.SiLU(b.BatchNormalization(b.Conv(x, 20, 3)));
            string gate = b.Node("Sigmoid", [b.ConvWithBias(b.Relu(b.ConvWithBias(b.GlobalAveragePool(y), 6, 1)), 20, 1)]);
            return b.Conv(b.Node("Mul", [y, gate]), 24, 1);
        },
        ["hard swish"] = (b, x) => b.Node("HardSwish", [b.BatchNormalization(b.Conv(x, 20, 3))]),
        ["hard sigmoid"] = (b, x) => b.Node("HardSigmoid", [b.Conv(x, 20, 3)], ("alpha", 0.3f), ("beta", 0.4f)),
        ["leaky relu"] = (b, x) => b.Node("LeakyRelu", [b.Conv(x, 20, 3)], ("alpha", 0.2f)),
        ["tanh"] = (b, x) => b.Node("Tanh", [b.Conv(x, 20, 3)]),
        ["activation of a shared value"] = (b, x) =>
        {
            string y = b.Conv(x, 20, 3);
            return b.Concat(b.Relu(y), b.Conv(y, 10, 1), b.Node("Sigmoid", [y]));
        },
        ["maximum pooling"] = (b, x) => b.Conv(b.MaxPool(b.Relu(b.BatchNormalization(b.Conv(x, 20, 3))), 3, 2, 1), 8, 1),
        ["average pooling"] = (b, x) => b.Node(
            "AveragePool",
            [b.Conv(x, 20, 3)],
            ("kernel_shape", ImmutableArray.Create<long>(3, 3)),
            ("strides", ImmutableArray.Create<long>(2, 2)),
            ("pads", ImmutableArray.Create<long>(1, 1, 1, 1))),
        ["concatenation"] = (b, x) =>
        {
            string y = b.Conv(x, 10, 3);
            return b.Conv(b.Relu(b.BatchNormalization(b.Concat(y, b.Relu(b.BatchNormalization(b.Conv(y, 7, 3)))))), 8, 1);
        },
        ["arithmetic with constants"] = (b, x) => b.Conv(
            b.Node("Mul", [b.Node("Sub", [x, b.RandomConstant(0, 1, 1, 3, 1, 1)]), b.RandomConstant(1, 0.2, 1, 3, 1, 1)]), 20, 3),
    };

    public static TheoryData<string, string, bool> Cases()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (string name in Networks.Keys)
        {
            data.Add(KernelSet.Best.Name, name, false);
            foreach (KernelSet set in TestedKernelSets.All)
            {
                data.Add(set.Name, name, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_gradient_is_that_of_the_loss(string setName, string name, bool usesBatchStatistics)
    {
        Graph graph = Build(Networks[name]);
        KernelSet kernels = KernelSet.All.Single(s => s.Name == setName);
        (float[] images, float[] targets) = Batch(graph);
        using var network = TrainableNetwork.Compile(graph, Options(usesBatchStatistics), kernels);
        var expected = new DoubleNetwork(graph, usesBatchStatistics);

        double loss = network.Differentiate(images, targets, [], step: 0);

        loss.ShouldBe(expected.Loss(images, targets, Images), 1e-5);
        var random = new Random(3);
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            float[] gradient = parameter.GradientToTensor().Floats.ToArray();
            double[] differences = Differences(expected, parameter.Name, images, targets, random, out int[] elements);
            double scale = Math.Max(1e-3, elements.Max(i => Math.Abs(gradient[i])));
            for (int i = 0; i < elements.Length; i++)
            {
                double actual = gradient[elements[i]];
                Math.Abs(actual - differences[i]).ShouldBeLessThan(
                    2e-4 * scale, $"{parameter.Name} of {parameter.Kind} at {elements[i]}: {actual} where {differences[i]} is expected");
            }
        }
    }

    [Fact]
    public void Two_layers_of_vectors_have_the_gradients_of_the_loss()
    {
        var b = new GraphBuilder("vectors", 13, seed: 1);
        string x = b.Flatten(b.Relu(b.ConvWithBias(b.Input("image", 1, 3, 5, 4), 6, 3)));
        string weights = b.RandomConstant(0, 0.2, 120, 30);
        string hidden = b.Relu(b.Node("Gemm", [x, weights, b.RandomConstant(0, 0.1, 30)]));
        Graph graph = b.Output(b.Dense(hidden, Classes), "logits").Build();
        (float[] images, float[] targets) = Batch(graph);
        using var network = TrainableNetwork.Compile(graph, Options(usesBatchStatistics: false));
        var expected = new DoubleNetwork(graph, usesBatchStatistics: false);

        network.Differentiate(images, targets, [], step: 0);

        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            float[] gradient = parameter.GradientToTensor().Floats.ToArray();
            double[] differences = Differences(expected, parameter.Name, images, targets, new Random(1), out int[] elements);
            elements.Select((e, i) => Math.Abs(gradient[e] - differences[i])).Max().ShouldBeLessThan(1e-5, parameter.Name);
        }
    }

    private static TrainableNetworkOptions Options(bool usesBatchStatistics) =>
        new() { MaxImages = Images + 1, Threads = 2, UsesBatchStatistics = usesBatchStatistics };

    private static Graph Build(Func<GraphBuilder, string, string> network)
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string features = network(b, b.Input("image", 1, 3, 9, 7));
        return b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(features)), Classes), "logits").Build();
    }

    private static (float[] Images, float[] Targets) Batch(Graph graph)
    {
        var random = new Random(11);
        float[] images = new float[Images * graph.Inputs[0].Shape.Length];
        float[] targets = new float[Images * Classes];
        foreach (ref float v in images.AsSpan())
        {
            v = (float)((random.NextDouble() * 4) - 2);
        }

        for (int i = 0; i < Images; i++)
        {
            targets.AsSpan(i * Classes, Classes).Fill(0.1f / Classes);
            targets[(i * Classes) + (i % Classes)] += 0.9f;
        }

        return (images, targets);
    }

    /// <summary>The central differences of the loss for some elements of a parameter.</summary>
    private static double[] Differences(
        DoubleNetwork network, string parameter, float[] images, float[] targets, Random random, out int[] elements)
    {
        const double Step = 1e-5;
        double[] weights = network.Weights[parameter];
        elements = [.. Enumerable.Range(0, 4).Select(_ => random.Next(weights.Length)).Distinct()];
        return [.. elements.Select(i =>
        {
            double before = weights[i];
            weights[i] = before + Step;
            double above = network.Loss(images, targets, Images);
            weights[i] = before - Step;
            double below = network.Loss(images, targets, Images);
            weights[i] = before;
            return (above - below) / (2 * Step);
        })];
    }
}
