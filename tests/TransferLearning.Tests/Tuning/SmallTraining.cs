using TransferLearning.Heads;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

/// <summary>Trainings of a small network with two normalized convolutions and dropout, on images that are drawn.</summary>
internal static class SmallTraining
{
    public const int Images = 47;
    public const int HeldOutImages = 30;
    public const int StepsPerEpoch = 5;

    /// <summary>Settings with which the network learns in a few epochs of <see cref="StepsPerEpoch"/> steps.</summary>
    public static NetworkTrainingOptions Options { get; } = new() { Epochs = 3, BatchSize = 10, LearningRate = 0.05 };

    /// <summary>A task on images of each class in turn; held-out images have other numbers than training images.</summary>
    public static NetworkTrainingTask Task(DrawnTrainingImages? images = null) => new()
    {
        Name = "the small network",
        Graph = Network(),
        Images = images ?? new DrawnTrainingImages(),
        Classes = DrawnTrainingImages.Classes,
        Labels = [.. Enumerable.Range(0, Images + HeldOutImages).Select(i => i % DrawnTrainingImages.Classes)],
        Training = [.. Enumerable.Range(0, Images)],
        HeldOut = [.. Enumerable.Range(Images, HeldOutImages)],
    };

    public static TrainedNetwork Train(
        NetworkTrainingTask task,
        NetworkTrainingOptions options,
        RetrainingContext? context = null,
        IProgress<NetworkTrainingProgress>? progress = null)
    {
        options.Validate().ShouldBeEmpty();
        using var training = new NetworkTraining(task, options, context ?? new RetrainingContext { Seed = 1, Threads = 1 }, progress);
        return training.Run();
    }

    /// <summary>Trains until a number of loads of images, and cancels then.</summary>
    public static TrainedNetwork TrainUntilLoad(int load, NetworkTrainingTask task, NetworkTrainingOptions options)
    {
        using var source = new CancellationTokenSource();
        var images = new DrawnTrainingImages
        {
            Identity = task.Images.Identity,
            BeforeLoad = (number, _) =>
            {
                if (number == load)
                {
                    source.Cancel();
                }
            },
        };
        return Train(
            task with { Images = images }, options, new RetrainingContext { Seed = 1, Threads = 1, CancellationToken = source.Token });
    }

    /// <summary>All values of a network, normalization included, in the order of their names.</summary>
    public static float[] Weights(Graph graph) =>
    [
        .. graph.Initializers.Where(i => i.Value.Type == ElementType.Float32)
            .OrderBy(i => i.Key, StringComparer.Ordinal).SelectMany(i => i.Value.Floats.ToArray()),
    ];

    /// <summary>The names of the arrays of all nodes of an operator.</summary>
    public static string[] ConstantsOf(Graph graph, string operatorName) =>
    [
        .. graph.Nodes.Where(n => n.OperatorName == operatorName).SelectMany(n => n.Inputs).Where(graph.Initializers.ContainsKey),
    ];

    /// <summary>Checks that two trainings ended in the same bits, with the same figures.</summary>
    public static void ShouldBeTheSameAs(this TrainedNetwork network, TrainedNetwork expected)
    {
        network.History.ShouldBe(expected.History);
        network.BestEpoch.ShouldBe(expected.BestEpoch);
        network.LearningRate.ShouldBe(expected.LearningRate);
        Weights(network.Graph).AsSpan().SequenceEqual(Weights(expected.Graph)).ShouldBeTrue("the weights differ");
        network.HeldOutLogits.AsSpan().SequenceEqual(expected.HeldOutLogits).ShouldBeTrue("the logits of held-out images differ");
    }

    public static Graph Network()
    {
        var b = new GraphBuilder("small", 14, seed: 5);
        string x = b.Input("image", 1, DrawnTrainingImages.Channels, DrawnTrainingImages.Side, DrawnTrainingImages.Side);
        x = b.Relu(b.BatchNormalization(b.Conv(x, 12, 3)));
        x = b.MaxPool(x, 2, 2);
        x = b.Relu(b.BatchNormalization(b.Conv(x, 20, 3)));
        x = b.Node("Dropout", [b.Flatten(b.GlobalAveragePool(x)), b.Constant(Tensor.Scalar(0.2f))]);
        return b.Output(b.Dense(x, DrawnTrainingImages.Classes), "logits").Build();
    }
}
