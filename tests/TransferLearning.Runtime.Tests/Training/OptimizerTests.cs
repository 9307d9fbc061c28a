using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Tests.Training;

public class OptimizerTests
{
    private const int Images = 12;
    private const int Classes = 3;

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.05)]
    [InlineData(OptimizerKind.AdamW, 0.01)]
    internal void A_small_network_learns_its_batch_by_heart(OptimizerKind kind, double rate)
    {
        Graph graph = Network();
        (float[] images, float[] targets) = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, threads: 2);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions { Kind = kind, WeightDecay = 1e-4, MaxGradientNorm = 5 });

        double first = network.Differentiate(images, targets, [], 0);
        for (int step = 1; step <= 100; step++)
        {
            optimizer.Step(rate);
            network.Differentiate(images, targets, [], step);
        }

        first.ShouldBeGreaterThan(0.8);
        network.Forward(images, targets, [], 0).ShouldBeLessThan(0.05);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_of_descent_is_as_defined(bool nesterov)
    {
        Graph graph = Network();
        (float[] images, float[] targets) = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, threads: 1);
        var options = new OptimizerOptions { Momentum = 0.8, WeightDecay = 0.01, UsesNesterov = nesterov };
        using var optimizer = Optimizer.Create(network, options);
        Parameter weights = network.Parameters.Parameters.First(p => p.Kind == ParameterKind.Weights);
        Parameter bias = network.Parameters.Parameters.First(p => p.Kind == ParameterKind.Bias);
        double[] w = weights.ToTensor().ToDoubles(), b = bias.ToTensor().ToDoubles();
        double[] v = new double[w.Length], u = new double[b.Length];
        for (int step = 0; step < 3; step++)
        {
            network.Differentiate(images, targets, [], step);
            Descend(w, v, weights.GradientToTensor().ToDoubles(), 0.01);
            Descend(b, u, bias.GradientToTensor().ToDoubles(), 0);
            optimizer.Step(0.1);
        }

        Largest(weights.ToTensor().ToDoubles(), w).ShouldBeLessThan(1e-6);
        Largest(bias.ToTensor().ToDoubles(), b).ShouldBeLessThan(1e-6);

        void Descend(double[] values, double[] velocity, double[] gradient, double decay)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double g = gradient[i] + (decay * values[i]);
                velocity[i] = (0.8 * velocity[i]) + g;
                values[i] -= 0.1 * (nesterov ? g + (0.8 * velocity[i]) : velocity[i]);
            }
        }
    }

    [Fact]
    public void A_step_of_Adam_is_as_defined()
    {
        Graph graph = Network();
        (float[] images, float[] targets) = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, threads: 1);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions { Kind = OptimizerKind.AdamW, WeightDecay = 0.1 });
        Parameter weights = network.Parameters.Parameters.First(p => p.Kind == ParameterKind.Weights);
        double[] w = weights.ToTensor().ToDoubles(), m = new double[w.Length], v = new double[w.Length];
        for (int step = 1; step <= 3; step++)
        {
            network.Differentiate(images, targets, [], step);
            double[] g = weights.GradientToTensor().ToDoubles();
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * g[i]);
                v[i] = (0.999 * v[i]) + (0.001 * g[i] * g[i]);
                double root = Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-8;
                w[i] -= 0.01 * ((0.1 * w[i]) + (m[i] / (1 - Math.Pow(0.9, step)) / root));
            }

            optimizer.Step(0.01);
        }

        Largest(weights.ToTensor().ToDoubles(), w).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Graph graph = Network();
        (float[] images, float[] targets) = SmallBatch.Of(graph, Images, Classes);
        float[][] results = [.. new[] { 1, 2, 8 }.Select(threads =>
        {
            using TrainableNetwork network = Compile(graph, threads);
            using var optimizer = Optimizer.Create(network, new OptimizerOptions { MaxGradientNorm = 0.5 });
            for (int step = 0; step < 5; step++)
            {
                network.Differentiate(images, targets, [], step);
                optimizer.Step(0.1);
            }

            return network.Parameters.Parameters.SelectMany(p => p.ToTensor().Floats.ToArray()).ToArray();
        })];

        results[1].ShouldBe(results[0]);
        results[2].ShouldBe(results[0]);
    }

    [Fact]
    public void A_parameter_with_a_factor_of_zero_does_not_change()
    {
        Graph graph = Network();
        (float[] images, float[] targets) = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, threads: 1);
        float[][] before = [.. network.Parameters.Parameters.Select(p => p.ToTensor().Floats.ToArray())];
        using var optimizer = Optimizer.Create(
            network, new OptimizerOptions { RateFactor = p => p.Kind == ParameterKind.Bias ? 1 : 0, WeightDecay = 1 });

        network.Differentiate(images, targets, [], 0);
        optimizer.Step(0.1);

        for (int i = 0; i < before.Length; i++)
        {
            Parameter parameter = network.Parameters.Parameters[i];
            parameter.ToTensor().Floats.SequenceEqual(before[i]).ShouldBe(parameter.Kind != ParameterKind.Bias, parameter.Name);
        }
    }

    [Fact]
    public void An_average_of_weights_follows_them_and_takes_their_place()
    {
        Graph graph = Network();
        (float[] images, float[] targets) = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, threads: 2);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions());
        using var average = new WeightAverage(network, static _ => 1);
        Parameter weights = network.Parameters.Parameters[0];
        double[] expected = weights.ToTensor().ToDoubles();
        for (int step = 0; step < 4; step++)
        {
            network.Differentiate(images, targets, [], step);
            optimizer.Step(0.1);
            average.Update(decay: 0.75);
            expected = [.. expected.Zip(weights.ToTensor().ToDoubles(), (e, w) => (0.75 * e) + (0.25 * w))];
        }

        float[] last = weights.ToTensor().Floats.ToArray();
        average.Exchange();
        Largest(weights.ToTensor().ToDoubles(), expected).ShouldBeLessThan(1e-6);
        average.Exchange();

        weights.ToTensor().Floats.ToArray().ShouldBe(last);
    }

    private static TrainableNetwork Compile(Graph graph, int threads) => TrainableNetwork.Compile(
        graph, new TrainableNetworkOptions { MaxImages = Images, Threads = threads, UsesBatchStatistics = true });

    private static Graph Network()
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string x = b.Relu(b.BatchNormalization(b.Conv(b.Input("image", 1, 3, 8, 8), 20, 3)));
        x = b.Relu(b.BatchNormalization(b.Conv(x, 20, 3, stride: 2, group: 20)));
        x = b.Relu(b.BatchNormalization(b.Conv(x, 260, 1)));
        x = b.Relu(b.ConvWithBias(x, 260, 1));
        return b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(x)), Classes), "logits").Build();
    }

    private static double Largest(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
