using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tests.Kernels;
using TransferLearning.Runtime.Training.Checkpoints;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;

namespace TransferLearning.Runtime.Tests.Training;

public sealed class TrainingCheckpointTests : IDisposable
{
    private const int Images = 6;
    private const int Classes = 3;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("training-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "checkpoint");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.AdamW)]
    internal void A_training_that_goes_on_from_a_file_ends_in_the_same_bits(OptimizerKind kind)
    {
        float[] expected = Train(kind, KernelSet.Best, stopAfter: null), resumed = Train(kind, KernelSet.Best, stopAfter: 3);

        resumed.ShouldBe(expected);
    }

    [Fact]
    public void A_file_does_not_depend_on_the_instruction_set_that_wrote_it()
    {
        foreach (KernelSet kernels in TestedKernelSets.All)
        {
            using TrainableNetwork network = Compile(kernels);
            using var optimizer = Optimizer.Create(network, new OptimizerOptions());
            TrainingCheckpoint.Write(Path + kernels.Name, network, optimizer, "training", [], "");
        }

        byte[] first = File.ReadAllBytes(Path + TestedKernelSets.All[0].Name);
        TestedKernelSets.All.ShouldAllBe(k => File.ReadAllBytes(Path + k.Name).SequenceEqual(first));
    }

    [Fact]
    public void A_file_of_another_training_is_refused()
    {
        using TrainableNetwork network = Compile(KernelSet.Best);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions());
        TrainingCheckpoint.Write(Path, network, optimizer, "20 epochs", [], "");

        Should.Throw<InvalidDataException>(() => TrainingCheckpoint.Read(Path, network, optimizer, "30 epochs")).Message
            .ShouldContain($"'{Path}' is of another training");
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        using TrainableNetwork network = Compile(KernelSet.Best);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions());
        TrainingCheckpoint.Write(Path, network, optimizer, "training", [], "");
        byte[] whole = File.ReadAllBytes(Path);
        foreach (int length in new[] { 0, 20, whole.Length - 1 })
        {
            File.WriteAllBytes(Path, whole[..length]);
            Refused();
        }

        whole[whole.Length / 2] ^= 1;
        File.WriteAllBytes(Path, whole);
        Refused();

        void Refused() => Should.Throw<InvalidDataException>(() => TrainingCheckpoint.Read(Path, network, optimizer, "training")).Message
            .ShouldContain($"'{Path}' is damaged");
    }

    /// <summary>Eight steps; in two parts, by two networks, where it stops.</summary>
    private float[] Train(OptimizerKind kind, KernelSet kernels, int? stopAfter)
    {
        const int Steps = 8;
        var options = new OptimizerOptions { Kind = kind, WeightDecay = 0.01 };
        if (stopAfter is { } stop)
        {
            using TrainableNetwork first = Compile(kernels);
            using var before = Optimizer.Create(first, options);
            Run(first, before, stop);
            TrainingCheckpoint.Write(Path, first, before, "training", [NetworkSnapshot.Of(first)], "äh");
        }

        using TrainableNetwork network = Compile(kernels);
        using var optimizer = Optimizer.Create(network, options);
        if (stopAfter is not null)
        {
            TrainingState state = TrainingCheckpoint.Read(Path, network, optimizer, "training");
            state.Steps.ShouldBe(stopAfter.Value);
            state.Notes.ShouldBe("äh");
            state.Further.ShouldHaveSingleItem().Values.ShouldBe(state.Network.Values);
        }

        Run(network, optimizer, Steps);
        var graph = network.ToGraph();
        return [.. graph.Initializers.OrderBy(i => i.Key, StringComparer.Ordinal).SelectMany(i => i.Value.Floats.ToArray())];
    }

    private static void Run(TrainableNetwork network, Optimizer optimizer, int steps)
    {
        var batch = SmallBatch.Of(Network(), Images, Classes);
        for (long step = optimizer.Steps; step < steps; step++)
        {
            network.Differentiate(batch.Images, batch.Targets, [], step);
            optimizer.Step(0.01);
        }
    }

    private static TrainableNetwork Compile(KernelSet kernels) => TrainableNetwork.Compile(
        Network(), new TrainableNetworkOptions { MaxImages = Images, Threads = 1, UsesBatchStatistics = true }, kernels);

    private static Graph Network()
    {
        var b = new GraphBuilder("test", 14, seed: 5);
        string x = b.Relu(b.BatchNormalization(b.Conv(b.Input("image", 1, 3, 6, 6), 20, 3)));
        x = b.Relu(b.BatchNormalization(b.Conv(x, 20, 3, group: 20)));
        x = b.Relu(b.BatchNormalization(b.Conv(x, 24, 3, group: 4)));
        return b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(x)), Classes), "logits").Build();
    }
}
