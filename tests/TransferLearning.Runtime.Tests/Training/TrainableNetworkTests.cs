using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;

namespace TransferLearning.Runtime.Tests.Training;

public class TrainableNetworkTests
{
    private const int Images = 8;
    private const int Classes = 3;

    [Fact]
    public void The_graph_after_training_computes_what_the_network_has_learned()
    {
        Graph graph = Network();
        var batch = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, usesBatchStatistics: false);
        Train(network, batch, steps: 3);
        network.Forward(batch.Images, batch.Targets, [], 0);

        using var compiled = CompiledNetwork.Compile(network.ToGraph(), new NetworkOptions { Threads = 1 });
        float[] logits = new float[Images * Classes];
        compiled.Run(batch.Images, Images, logits);

        for (int i = 0; i < Images; i++)
        {
            double sum = Enumerable.Range(0, Classes).Sum(c => Math.Exp(logits[(i * Classes) + c]));
            for (int c = 0; c < Classes; c++)
            {
                double expected = network.Probabilities[(i * Classes) + c];
                (Math.Exp(logits[(i * Classes) + c]) / sum).ShouldBe(expected, 1e-5);
            }
        }
    }

    [Fact]
    public void Batch_statistics_move_the_running_ones()
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string normalized = b.BatchNormalization(b.Input("image", 1, 3, 4, 4));
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(normalized)), Classes), "logits").Build();
        var batch = SmallBatch.Of(graph, Images, Classes);
        string[] statistics = [.. graph.Nodes[0].Inputs.Skip(3)];
        using TrainableNetwork network = Compile(graph, usesBatchStatistics: true);

        network.Forward(batch.Images, batch.Targets, [], 0);

        var after = network.ToGraph();
        for (int c = 0; c < 3; c++)
        {
            double[] values = [.. batch.Images.Where((_, i) => i % 3 == c).Select(v => (double)v)];
            double mean = values.Average(), variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
            double oldMean = graph.Initializers[statistics[0]].Floats[c], oldVariance = graph.Initializers[statistics[1]].Floats[c];
            ((double)after.Initializers[statistics[0]].Floats[c]).ShouldBe((0.9 * oldMean) + (0.1 * mean), 1e-6);
            ((double)after.Initializers[statistics[1]].Floats[c]).ShouldBe((0.9 * oldVariance) + (0.1 * variance), 1e-6);
        }
    }

    [Fact]
    public void Frozen_statistics_do_not_move()
    {
        Graph graph = Network();
        var batch = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, usesBatchStatistics: false);

        Train(network, batch, steps: 2);

        var after = network.ToGraph();
        foreach (string name in graph.Nodes.Where(n => n.OperatorName == "BatchNormalization").SelectMany(n => n.Inputs.Skip(3)))
        {
            after.Initializers[name].Floats.SequenceEqual(graph.Initializers[name].Floats).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Graph graph = Network();
        var batch = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, usesBatchStatistics: true, threads: 1);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions { MaxGradientNorm = 1 });
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Step();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Step()
        {
            network.Differentiate(batch.Images, batch.Targets, [], 0);
            optimizer.Step(0.01);
        }
    }

    [Fact]
    public void A_smaller_batch_has_the_gradients_of_its_own_images()
    {
        Graph graph = Network();
        SmallBatch all = SmallBatch.Of(graph, Images, Classes), few = SmallBatch.Of(graph, 3, Classes);
        using TrainableNetwork large = Compile(graph, usesBatchStatistics: true), small = Compile(graph, usesBatchStatistics: true);
        large.Differentiate(all.Images, all.Targets, [], 0);

        double loss = large.Differentiate(few.Images, few.Targets, [], 1);

        small.Differentiate(few.Images, few.Targets, [], 1).ShouldBe(loss);
        for (int i = 0; i < large.Parameters.Parameters.Count; i++)
        {
            float[] expected = small.Parameters.Parameters[i].GradientToTensor().Floats.ToArray();
            large.Parameters.Parameters[i].GradientToTensor().Floats.ToArray().ShouldBe(expected);
        }
    }

    [Fact]
    public void Weights_of_images_count_as_repeated_images()
    {
        Graph graph = Network();
        var batch = SmallBatch.Of(graph, 2, Classes);
        using TrainableNetwork network = Compile(graph, usesBatchStatistics: false);
        float[] repeated = [.. batch.Images, .. batch.Images[(batch.Images.Length / 2)..]];
        float[] targets = [.. batch.Targets, .. batch.Targets[Classes..]];

        double expected = network.Forward(repeated, targets, [], 0);

        network.Forward(batch.Images, batch.Targets, [1, 2], 0).ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void Dropout_drops_its_share_in_training_and_the_same_in_both_passes()
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string image = b.Input("image", 1, 100, 1, 1);
        string dropped = b.Node("Dropout", [b.ConvWithBias(image, 2000, 1), b.Constant(Tensor.Scalar(0.3f))]);
        Graph graph = b.Output(b.Dense(b.Flatten(dropped), Classes), "logits").Build();
        var batch = SmallBatch.Of(graph, 1, Classes);
        using TrainableNetwork network = Compile(graph, usesBatchStatistics: false);

        network.Differentiate(batch.Images, batch.Targets, [], step: 4);
        float[] bias = [.. network.Parameters.Parameters.First(p => p.Name == graph.Nodes[0].Inputs[2]).GradientToTensor().Floats];
        double loss = network.Forward(batch.Images, batch.Targets, [], step: 4);

        (bias.Count(g => g == 0) / 2000.0).ShouldBe(0.3, 0.05);
        network.Forward(batch.Images, batch.Targets, [], step: 4).ShouldBe(loss);
        network.Forward(batch.Images, batch.Targets, [], step: 5).ShouldNotBe(loss);
    }

    [Fact]
    public void An_operator_without_a_gradient_is_named()
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string x = b.Node("LRN", [b.Conv(b.Input("image", 1, 3, 8, 8), 6, 3)], ("size", 3L));
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(x)), Classes), "logits").Build();

        Should.Throw<InvalidNetworkException>(() => Compile(graph, usesBatchStatistics: false)).Message
            .ShouldSatisfyAllConditions(
                m => m.ShouldContain("lrn1"), m => m.ShouldContain("(LRN) has no gradient"), m => m.ShouldContain("Conv"));
    }

    [Fact]
    public void Weights_that_two_nodes_share_are_refused_by_name()
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string weights = b.RandomConstant(0, 0.1, 3, 3, 1, 1), image = b.Input("image", 1, 3, 8, 8);
        string x = b.Node("Conv", [b.Node("Conv", [image, weights]), weights]);
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(x)), Classes), "logits").Build();

        Should.Throw<InvalidNetworkException>(() => Compile(graph, usesBatchStatistics: false)).Message
            .ShouldContain($"share the weights '{weights}'");
    }

    [Fact]
    public void Images_that_do_not_fit_are_refused_with_both_sizes()
    {
        Graph graph = Network();
        using TrainableNetwork network = Compile(graph, usesBatchStatistics: false);

        Should.Throw<ArgumentException>(() => network.Forward(new float[10], new float[Classes], [], 0)).Message
            .ShouldContain($"1 to {Images} images of {3 * 8 * 8} and {Classes} values");
    }

    private static TrainableNetwork Compile(Graph graph, bool usesBatchStatistics, int threads = 2) => TrainableNetwork.Compile(
        graph, new TrainableNetworkOptions { MaxImages = Images, Threads = threads, UsesBatchStatistics = usesBatchStatistics });

    private static void Train(TrainableNetwork network, SmallBatch batch, int steps)
    {
        using var optimizer = Optimizer.Create(network, new OptimizerOptions());
        for (int step = 0; step < steps; step++)
        {
            network.Differentiate(batch.Images, batch.Targets, [], step);
            optimizer.Step(0.01);
        }
    }

    private static Graph Network()
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string x = b.Relu(b.BatchNormalization(b.Conv(b.Input("image", 1, 3, 8, 8), 20, 3)));
        x = b.Relu6(b.BatchNormalization(b.Conv(x, 20, 3, stride: 2, group: 20)));
        string gate = b.Node("Sigmoid", [b.ConvWithBias(b.GlobalAveragePool(x), 20, 1)]);
        x = b.MaxPool(b.Relu(b.BatchNormalization(b.Conv(b.Node("Mul", [x, gate]), 260, 1))), 2, 2);
        x = b.Add(x, b.Relu(b.ConvWithBias(x, 260, 1)));
        return b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(x)), Classes), "logits").Build();
    }
}
