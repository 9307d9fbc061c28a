using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Kernels;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Tests.Training;

/// <summary>Gradients of transformers' operators against central differences of the loss in double precision.</summary>
public class TokenGradientTests
{
    private const int Images = 3;
    private const int Classes = 4;
    private const int Side = 6;

    /// <summary>Small networks from images [1, 3, 6, 6] to [1, channels] or maps, by what is in them.</summary>
    private static readonly Dictionary<string, Func<GraphBuilder, string, string>> Networks = new()
    {
        ["linear"] = (b, x) => Mean(b, b.Linear(b.Linear(b.ToTokens(x, 3, 36), 3, 20), 20, 37)),
        ["linear without a bias"] = (b, x) => Mean(b, b.Node("MatMul", [b.ToTokens(x, 3, 36), b.RandomConstant(0, 0.5, 3, 20)])),
        ["layer normalization"] = (b, x) => Mean(b, b.Node("Relu", [b.LayerNormalization(b.Linear(b.ToTokens(x, 3, 36), 3, 21), 21)])),
        ["layer normalization without a shift"] = (b, x) => Mean(
            b, b.Node("LayerNormalization", [b.Linear(b.ToTokens(x, 3, 36), 3, 21), b.RandomConstant(1, 0.3, 21)], ("axis", -1L))),
        ["gelu"] = (b, x) => Mean(b, b.Node("Gelu", [b.Linear(b.ToTokens(x, 3, 36), 3, 20)])),
        ["gelu by tanh"] = (b, x) => Mean(b, b.Node("Gelu", [b.Linear(b.ToTokens(x, 3, 36), 3, 20)], ("approximate", "tanh"))),
        ["gelu of a value that is read twice"] = (b, x) =>
        {
            string y = b.Linear(b.ToTokens(x, 3, 36), 3, 20);
            return Mean(b, b.Add(y, b.Node("Gelu", [y])));
        },
        ["softmax"] = (b, x) =>
        {
            string y = b.Linear(b.ToTokens(x, 3, 36), 3, 19);
            return Mean(b, b.Node("Mul", [b.Node("Softmax", [y], ("axis", -1L)), y]));
        },
        ["attention"] = (b, x) => Mean(b, b.Attention(b.Linear(b.ToTokens(x, 3, 36), 3, 12), 36, 12, heads: 2)),
        ["tokens times their transpose"] = (b, x) =>
        {
            string y = b.Linear(b.ToTokens(x, 3, 36), 3, 10);
            return Mean(b, b.Node("Softmax", [b.Node("MatMul", [y, b.Transpose(y, 0, 2, 1)])], ("axis", -1L)));
        },
        ["product of activations"] = (b, x) =>
        {
            string y = b.ToTokens(x, 3, 36);
            string left = b.Relu(b.Linear(y, 3, 10)), right = b.Node("Sigmoid", [b.Linear(y, 3, 7)]);
            return b.Reshape(b.Node("MatMul", [b.Transpose(left, 0, 2, 1), right]), 1, 70);
        },
        ["scores with a mask, in windows that are shifted"] = (b, x) =>
        {
            // [1, 6, 6, 8], shifted by one pixel, in four windows of 3 x 3.
            string y = b.Linear(b.Transpose(x, 0, 2, 3, 1), 3, 8);
            y = b.Node("Concat", [b.Slice(y, 1, 1, 6), b.Slice(y, 1, 0, 1)], ("axis", 1L));
            y = b.Reshape(b.Transpose(b.Reshape(y, 1, 2, 3, 2, 3, 8), 0, 1, 3, 2, 4, 5), 4, 9, 8);
            string scores = b.Node("MatMul", [y, b.Transpose(b.Linear(y, 8, 8), 0, 2, 1)]);
            scores = b.Add(scores, b.RandomConstant(0, 1, 4, 9, 9));
            y = b.Node("MatMul", [b.Node("Softmax", [scores], ("axis", -1L)), y]);
            y = b.Reshape(b.Transpose(b.Reshape(y, 1, 2, 2, 3, 3, 8), 0, 1, 3, 2, 4, 5), 1, 6, 6, 8);
            return b.GlobalAveragePool(b.Transpose(y, 0, 3, 1, 2));
        },
        ["convolution and tokens in turn"] = (b, x) =>
        {
            string map = b.Conv(b.ConvWithBias(x, 20, 1), 20, 3, group: 20);
            string y = b.LayerNormalization(b.Transpose(map, 0, 2, 3, 1), 20);
            y = b.Linear(b.Node("Gelu", [b.Linear(y, 20, 40)]), 40, 20);
            y = b.Node("Mul", [b.Transpose(y, 0, 3, 1, 2), b.RandomConstant(0.5, 0.2, 20, 1, 1)]);
            return b.GlobalAveragePool(b.ConvWithBias(b.Add(map, y), 8, 3));
        },
        ["arithmetic with constants"] = (b, x) =>
        {
            string y = b.Linear(b.ToTokens(x, 3, 36), 3, 10);
            y = b.Node("Sub", [b.RandomConstant(0, 1, 10), b.Node("Div", [y, b.Constant(Tensor.Scalar(3f))])]);
            y = b.Node("Mul", [b.Add(y, b.RandomConstant(0, 1, 1, 36, 10)), b.RandomConstant(1, 0.3, 1, 36, 1)]);
            return Mean(b, b.Node("Sub", [b.Linear(y, 10, 10), b.RandomConstant(0, 1, 1, 1, 10)]));
        },
        ["arithmetic of tokens that repeat"] = (b, x) =>
        {
            string y = b.Linear(b.ToTokens(x, 3, 36), 3, 10);
            return Mean(b, b.Node("Mul", [y, b.Node("ReduceMean", [y, b.Constant(Tensor.Vector(1L))])]));
        },
        ["split, padded and joined tokens"] = (b, x) =>
        {
            string y = b.Linear(b.ToTokens(x, 3, 36), 3, 10);
            string[] parts = b.Nodes("Split", [y, b.Constant(Tensor.Vector(30L, 6L))], 2, ("axis", 1L));
            string padded = b.Node("Pad", [parts[1], b.Constant(Tensor.Vector(0L, 1, 0, 0, 3, 0))]);
            return Mean(b, b.Linear(b.Relu(b.Node("Concat", [padded, b.RandomConstant(0, 1, 1, 2, 10), parts[0]], ("axis", 1L))), 10, 6));
        },
        ["vision transformer"] = (b, x) => b.VisionTransformer(x, Side, patch: 2, channels: 12, blocks: 2),
    };

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in Networks.Keys)
        {
            foreach (KernelSet set in TestedKernelSets.All)
            {
                data.Add(set.Name, name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_gradient_is_that_of_the_loss(string setName, string name)
    {
        Graph graph = Build(Networks[name]);
        KernelSet kernels = KernelSet.All.Single(s => s.Name == setName);
        var batch = SmallBatch.Of(graph, Images, Classes);
        using var network = TrainableNetwork.Compile(graph, new() { MaxImages = Images + 1, Threads = 2 }, kernels);
        var expected = new DoubleTokenNetwork(graph);

        double loss = network.Differentiate(batch.Images, batch.Targets, [], step: 0);

        loss.ShouldBe(expected.Loss(batch.Images, batch.Targets, Images), 1e-5);
        var random = new Random(3);
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            float[] gradient = parameter.GradientToTensor().Floats.ToArray();
            int[] elements = [.. Enumerable.Range(0, 4).Select(_ => random.Next(gradient.Length)).Distinct()];
            double scale = Math.Max(1e-3, elements.Max(i => Math.Abs(gradient[i])));
            foreach (int element in elements)
            {
                double difference = Difference(expected, parameter.Name, element, batch);
                Math.Abs(gradient[element] - difference).ShouldBeLessThan(
                    2e-4 * scale, $"{parameter.Name} at {element}: {gradient[element]} where {difference} is expected");
            }
        }
    }

    [Fact]
    public void Every_weight_of_a_transformer_is_learned()
    {
        Graph graph = Build(Networks["vision transformer"]);
        using var network = TrainableNetwork.Compile(graph, new() { MaxImages = 1 });

        // A convolution and the classifier; per block two normalizations and four products.
        network.Parameters.Parameters.GroupBy(p => p.Kind).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(
            new Dictionary<ParameterKind, int>
            {
                [ParameterKind.Weights] = 2 + (2 * 4),
                [ParameterKind.Bias] = 2 + (2 * 4),
                [ParameterKind.LayerNormalization] = 2 + (2 * 4),
            },
            ignoreOrder: true);
    }

    [Fact]
    public void Threads_do_not_change_a_bit_of_a_transformers_gradient()
    {
        Graph graph = Build(Networks["vision transformer"]);
        var batch = SmallBatch.Of(graph, Images, Classes);

        float[][] gradients = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            using var network = TrainableNetwork.Compile(graph, new() { MaxImages = Images, Threads = threads });
            network.Differentiate(batch.Images, batch.Targets, [], step: 0);
            return network.Parameters.Parameters.SelectMany(p => p.GradientToTensor().Floats.ToArray()).ToArray();
        })];

        gradients[1].ShouldBe(gradients[0]);
        gradients[2].ShouldBe(gradients[0]);
    }

    [Fact]
    public void A_normalization_that_two_nodes_read_keeps_its_value_beside_the_activation_of_one()
    {
        Graph graph = Build((b, x) =>
        {
            string y = b.BatchNormalization(b.Conv(x, 20, 3));
            return b.Concat(b.Relu(y), b.Conv(y, 10, 1));
        });
        var batch = SmallBatch.Of(graph, Images, Classes);
        using var network = TrainableNetwork.Compile(graph, new() { MaxImages = Images });

        network.Differentiate(batch.Images, batch.Targets, [], step: 0)
            .ShouldBe(new DoubleNetwork(graph, usesBatchStatistics: false).Loss(batch.Images, batch.Targets, Images), 1e-5);
    }

    private static string Mean(GraphBuilder b, string tokens) => b.Node(
        "ReduceMean", [tokens, b.Constant(Tensor.Vector(1L))], ("keepdims", 0L));

    private static Graph Build(Func<GraphBuilder, string, string> network)
    {
        var b = new GraphBuilder("test", 20, seed: 5);
        string features = network(b, b.Input("image", 1, 3, Side, Side));
        return b.Output(b.Dense(b.Flatten(features), Classes), "logits").Build();
    }

    /// <summary>The central difference of the loss by one weight.</summary>
    private static double Difference(DoubleTokenNetwork network, string parameter, int element, SmallBatch batch)
    {
        const double Step = 1e-5;
        double[] weights = network.Weights[parameter];
        double before = weights[element];
        weights[element] = before + Step;
        double above = network.Loss(batch.Images, batch.Targets, Images);
        weights[element] = before - Step;
        double below = network.Loss(batch.Images, batch.Targets, Images);
        weights[element] = before;
        return (above - below) / (2 * Step);
    }
}
