using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Training.Distillation;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Tests.Training;

/// <summary>What a network learns from a teacher, against its definition in double precision.</summary>
public class DistillationTests
{
    private const int Images = 3;
    private const int Classes = 4;
    private const int TeacherFeatures = 9;
    private const string Mapped = "teacher features";

    [Fact]
    public void Every_gradient_of_the_feature_loss_is_that_of_the_cosine()
    {
        var options = new DistillationOptions { FeatureOutput = Mapped, FeatureWeight = 0.7 };

        CheckGradients(options, TeacherValues(TeacherFeatures), []);
    }

    [Fact]
    public void Every_gradient_of_the_logit_loss_is_that_of_the_divergence_at_the_temperature()
    {
        var options = new DistillationOptions { LogitOutput = "logits", LogitWeight = 0.4, Temperature = 3 };

        CheckGradients(options, [], TeacherValues(Classes));
    }

    [Fact]
    public void All_losses_add_up()
    {
        var options = new DistillationOptions
        {
            FeatureOutput = Mapped,
            FeatureWeight = 2,
            LogitOutput = "logits",
            LogitWeight = 0.3,
            Temperature = 2,
        };

        CheckGradients(options, TeacherValues(TeacherFeatures), TeacherValues(Classes));
    }

    [Fact]
    public void A_step_without_a_teacher_learns_from_the_targets_alone()
    {
        Graph graph = Network(withMap: true);
        var batch = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(
            graph, new DistillationOptions { FeatureOutput = Mapped, LogitOutput = "logits", LogitWeight = 0.3 });
        using var plain = TrainableNetwork.Compile(
            GraphCut.At(graph, "logits"), new TrainableNetworkOptions { MaxImages = Images, UsesBatchStatistics = true });
        network.Differentiate(batch.Images, batch.Targets, [], 0, Teacher(TeacherValues(TeacherFeatures), TeacherValues(Classes)));

        double loss = network.Differentiate(batch.Images, batch.Targets, [], 0);

        loss.ShouldBe(plain.Differentiate(batch.Images, batch.Targets, [], 0));
        foreach (Parameter parameter in plain.Parameters.Parameters)
        {
            network.Parameters.Parameters.Single(p => p.Name == parameter.Name).GradientToTensor().Floats.ToArray()
                .ShouldBe(parameter.GradientToTensor().Floats.ToArray(), parameter.Name);
        }
    }

    [Fact]
    public void Features_turn_towards_those_of_the_teacher()
    {
        Graph graph = Network(withMap: true);
        var batch = SmallBatch.Of(graph, Images, Classes);
        float[] teacher = TeacherValues(TeacherFeatures);
        using TrainableNetwork network = Compile(graph, new DistillationOptions { FeatureOutput = Mapped });
        using var optimizer = Optimizer.Create(network, new OptimizerOptions());
        double first = Loss();
        for (int step = 0; step < 30; step++)
        {
            network.Differentiate(batch.Images, batch.Targets, [], step, Teacher(teacher, []));
            optimizer.Step(0.02);
        }

        Loss().ShouldBeLessThan(first / 2);

        double Loss() => network.Forward(batch.Images, batch.Targets, [], 0, Teacher(teacher, []))
            - network.Forward(batch.Images, batch.Targets, [], 0);
    }

    [Fact]
    public void A_step_with_a_teacher_allocates_nothing()
    {
        Graph graph = Network(withMap: true);
        var batch = SmallBatch.Of(graph, Images, Classes);
        float[] features = TeacherValues(TeacherFeatures), logits = TeacherValues(Classes);
        var options = new DistillationOptions { FeatureOutput = Mapped, LogitOutput = "logits" };
        using TrainableNetwork network = Compile(graph, options, threads: 1);
        network.Differentiate(batch.Images, batch.Targets, [], 0, Teacher(features, logits));
        long before = GC.GetAllocatedBytesForCurrentThread();

        network.Differentiate(batch.Images, batch.Targets, [], 1, Teacher(features, logits));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_teacher_of_another_size_is_refused_with_both_sizes()
    {
        Graph graph = Network(withMap: true);
        var batch = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, new DistillationOptions { FeatureOutput = Mapped });

        Should.Throw<ArgumentException>(() => network.Forward(batch.Images, batch.Targets, [], 0, Teacher(new float[5], []))).Message
            .ShouldContain($"5 values of a teacher are not {Images} images of {TeacherFeatures} values");
        Should.Throw<ArgumentException>(() => network.Forward(batch.Images, batch.Targets, [], 0, Teacher([], new float[5]))).Message
            .ShouldContain("no output to compare them with");
    }

    private static void CheckGradients(DistillationOptions options, float[] features, float[] logits)
    {
        const double Step = 1e-5;
        Graph graph = Network(options.FeatureOutput is not null);
        var batch = SmallBatch.Of(graph, Images, Classes);
        using TrainableNetwork network = Compile(graph, options);
        var expected = new DoubleNetwork(graph, usesBatchStatistics: true);

        double loss = network.Differentiate(batch.Images, batch.Targets, [], 0, Teacher(features, logits));

        loss.ShouldBe(ExpectedLoss(expected, options, batch, features, logits), 1e-5);
        var random = new Random(3);
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            float[] gradient = parameter.GradientToTensor().Floats.ToArray();
            double[] weights = expected.Weights[parameter.Name];
            double scale = Math.Max(1e-3, gradient.Max(Math.Abs));
            foreach (int i in Enumerable.Range(0, 5).Select(_ => random.Next(weights.Length)))
            {
                double before = weights[i];
                weights[i] = before + Step;
                double above = ExpectedLoss(expected, options, batch, features, logits);
                weights[i] = before - Step;
                double below = ExpectedLoss(expected, options, batch, features, logits);
                weights[i] = before;
                double difference = (above - below) / (2 * Step);
                Math.Abs(gradient[i] - difference).ShouldBeLessThan(
                    2e-4 * scale, $"{parameter.Name} at {i}: {gradient[i]} where {difference} is expected");
            }
        }
    }

    private static double ExpectedLoss(
        DoubleNetwork network, DistillationOptions options, SmallBatch batch, float[] features, float[] logits)
    {
        double loss = network.Loss(batch.Images, batch.Targets, Images) * (options.LogitOutput is null ? 1 : 1 - options.LogitWeight);
        if (options.FeatureOutput is { } output)
        {
            double[][] ours = [.. network.Output(output, batch.Images, Images).Chunk(TeacherFeatures)];
            loss += options.FeatureWeight * ours.Zip(features.Chunk(TeacherFeatures)).Average(p => 1 - Cosine(p.First, p.Second));
        }

        if (options.LogitOutput is { } name)
        {
            double[][] ours = [.. network.Output(name, batch.Images, Images).Chunk(Classes)];
            loss += options.LogitWeight * ours.Zip(logits.Chunk(Classes)).Average(p => Divergence(p.First, p.Second, options.Temperature));
        }

        return loss;
    }

    private static double Cosine(double[] a, float[] b) =>
        a.Zip(b).Sum(p => p.First * p.Second) / Math.Sqrt(a.Sum(v => v * v) * b.Sum(v => (double)v * v));

    private static double Divergence(double[] ours, float[] theirs, double temperature)
    {
        double[] p = Softmax([.. theirs.Select(v => v / temperature)]), q = Softmax([.. ours.Select(v => v / temperature)]);
        return temperature * temperature * p.Zip(q).Sum(x => x.First * Math.Log(x.First / x.Second));
    }

    private static double[] Softmax(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(l => Math.Exp(l) / sum)];
    }

    private static TeacherTargets Teacher(float[] features, float[] logits) => new(features, logits);

    private static float[] TeacherValues(int size)
    {
        var random = new Random(size);
        return [.. Enumerable.Range(0, Images * size).Select(_ => (float)((random.NextDouble() * 6) - 3))];
    }

    private static TrainableNetwork Compile(Graph graph, DistillationOptions options, int threads = 2) => TrainableNetwork.Compile(
        graph,
        new TrainableNetworkOptions { MaxImages = Images, Threads = threads, UsesBatchStatistics = true, Distillation = options });

    private static Graph Network(bool withMap)
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string x = b.Relu(b.BatchNormalization(b.Conv(b.Input("image", 1, 3, 8, 8), 20, 3)));
        string features = b.Flatten(b.GlobalAveragePool(b.Relu(b.Conv(x, 24, 3, stride: 2))));
        Graph graph = b.Output(b.Dense(features, Classes), "logits").Build();
        return withMap ? TeacherMap.Add(graph, features, Mapped, TeacherFeatures, seed: 1) : graph;
    }
}
