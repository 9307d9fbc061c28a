using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;
using TransferLearning.Runtime.Tests.Passes;

namespace TransferLearning.Runtime.Tests.Operators;

/// <summary>Operators set to training, and outputs after the first: masks, positions of maxima, statistics.</summary>
public class TrainingOutputTests
{
    private readonly GraphBuilder _b = new("test", 15, seed: 5);

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    public void The_positions_of_maxima_count_over_all_images_and_channels(long storageOrder)
    {
        string[] outputs = Pool(_b.Input("x", 2, 3, 5, 4), storageOrder);
        Tensor x = SeededInput.Create(new Shape(2, 3, 5, 4), 3);

        IReadOnlyDictionary<string, Tensor> values = Run(_b.Output(outputs[0], "y").Output(outputs[1], "positions").Build(), x);

        // A position along the rows of each channel, or down its columns.
        float[] byPosition = storageOrder == 0
            ? x.Floats.ToArray()
            : [.. Enumerable.Range(0, 6).SelectMany(c => Enumerable.Range(0, 20), (c, i) => x.Floats[(c * 20) + (i % 5 * 4) + (i / 5)])];
        values["positions"].Shape.ShouldBe(values["y"].Shape);
        values["positions"].Values<long>().ToArray().Select(p => byPosition[p]).ShouldBe(values["y"].Floats.ToArray());
    }

    [Fact]
    public void Of_equal_maxima_the_first_counts()
    {
        string[] outputs = _b.Nodes("MaxPool", [_b.Input("x", 1, 1, 4)], 2, ("kernel_shape", Longs(4)));

        Run(_b.Output(outputs[1], "positions").Build(), Tensor.Create(new Shape(1, 1, 4), [1f, 7, 7, 2]))["positions"]
            .Values<long>().ToArray().ShouldBe([1L]);
    }

    [Fact]
    public void A_pool_keeps_its_window_while_its_positions_are_read()
    {
        string[] whole = _b.Nodes("MaxPool", [_b.Input("x", 2, 3, 4, 5)], 2, ("kernel_shape", Longs(4, 5)));
        Graph graph = _b.Output(whole[0], "y").Output(whole[1], "positions").Build();

        PassAssert.Operators(GlobalPoolRecognition.Run(graph)).ShouldBe("MaxPool");
        PassAssert.Operators(GlobalPoolRecognition.Run(graph with { Outputs = [graph.Outputs[0]] })).ShouldBe("GlobalMaxPool");
    }

    [Fact]
    public void Zeros_around_an_image_stay_while_positions_within_them_are_read()
    {
        string padded = _b.Node("Pad", [_b.Relu(_b.Input("x", 1, 3, 8, 8)), _b.Constant(Tensor.Vector(0L, 0, 1, 1, 0, 0, 1, 1))]);
        string[] outputs = _b.Nodes("MaxPool", [padded], 2, ("kernel_shape", Longs(3, 3)));
        Graph graph = _b.Output(outputs[0], "y").Output(outputs[1], "positions").Build();

        PassAssert.Operators(PadFolding.Run(graph)).ShouldBe("Relu Pad MaxPool");
    }

    [Fact]
    public void A_compiled_network_leaves_out_positions_that_nothing_reads()
    {
        string[] outputs = Pool(_b.Relu(_b.Input("x", 1, 3, 5, 4)), 0);
        Graph graph = _b.Output(_b.Flatten(outputs[0]), "y").Build();
        Tensor x = SeededInput.Create(new Shape(1, 3, 5, 4), 3);
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        float[] actual = new float[network.OutputLength];

        network.Run([.. Enumerable.Range(0, 60).Select(i => x.Floats[(i % 3 * 20) + (i / 3)])], 1, actual);

        actual.ShouldBe(Run(graph, x)["y"].Floats.ToArray());
    }

    [Fact]
    public void A_normalization_by_the_batch_is_not_folded_into_the_convolution()
    {
        Graph graph = _b.Output(TrainingNormalization(_b.Conv(_b.Input("x", 2, 4, 6, 5), 8, 3), 8), "y").Build();

        PassAssert.Operators(PassAssert.KeepsOutputs(graph, GraphOptimizer.Run)).ShouldBe("Conv BatchNormalization");
    }

    [Fact]
    public void A_normalization_by_the_batch_gives_each_channel_its_bias_as_mean_and_moves_the_statistics()
    {
        float[] parameters = [2, 5, 8, 1];
        string[] inputs = [_b.Input("x", 2, 1, 1, 2), .. parameters.Select(p => _b.Constant(Tensor.Vector(p)))];
        string[] outputs = _b.Nodes(
            "BatchNormalization", inputs, 3, ("training_mode", 1L), ("momentum", 0.75f), ("epsilon", 0f));
        Graph graph = _b.Output(outputs[0], "y").Output(outputs[1], "mean").Output(outputs[2], "variance").Build();

        // The mean of 1, 1, 3 and 7 is 3; the variance over the count is 6.
        IReadOnlyDictionary<string, Tensor> values = Run(graph, Tensor.Create(new Shape(2, 1, 1, 2), [1f, 1, 3, 7]));

        float step = 2 / MathF.Sqrt(6);
        values["y"].Floats.ToArray().ShouldBe([5 - (2 * step), 5 - (2 * step), 5, 5 + (4 * step)], 1e-5);
        values["mean"].Floats[0].ShouldBe((0.75f * 8) + (0.25f * 3), 1e-6f);
        values["variance"].Floats[0].ShouldBe((0.75f * 1) + (0.25f * 6), 1e-6f);
    }

    [Fact]
    public void A_network_that_normalizes_by_the_batch_is_not_compiled()
    {
        Graph graph = _b.Output(TrainingNormalization(_b.Input("x", 1, 4, 6, 5), 4), "y").Build();

        Should.Throw<InvalidNetworkException>(() => CompiledNetwork.Compile(graph, new NetworkOptions()))
            .Message.ShouldContain("'batchnormalization0' (BatchNormalization, operator set 15) is set to training");
    }

    [Theory]
    [InlineData(0L, 15)]
    [InlineData(1L, 13)]
    public void Statistics_are_refused_where_the_operator_set_does_not_have_them(long trainingMode, int opset)
    {
        var b = new GraphBuilder("test", opset, seed: 1);
        string[] inputs = [b.Input("x", 2, 1), .. Enumerable.Range(0, 4).Select(_ => b.Constant(Tensor.Vector(1f)))];

        Should.Throw<InvalidNetworkException>(() => b.Nodes("BatchNormalization", inputs, 3, ("training_mode", trainingMode)))
            .Message.ShouldContain("export the model for inference");
    }

    [Fact]
    public void A_dropout_of_nothing_is_removed_and_one_that_may_drop_stays()
    {
        string x = _b.Node("Exp", [_b.Input("x", 2, 3)]);
        string isTraining = _b.Node("Greater", [_b.Node("Size", [x]), _b.Constant(Tensor.Scalar(1L))]);
        string kept = _b.Node("Dropout", [x, _b.Constant(Tensor.Scalar(0f)), isTraining]);
        string dropped = _b.Node("Dropout", [kept, _b.Constant(Tensor.Scalar(0.5f)), isTraining]);

        PassAssert.Operators(IdentityRemoval.Run(_b.Output(_b.Relu(dropped), "y").Build() with { Inputs = [Free("x")] }))
            .ShouldBe("Exp Size Greater Dropout Relu");
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(null)]
    public void A_dropout_at_random_is_refused(float? ratio)
    {
        string x = _b.Input("x", 2, 3);
        string[] inputs = [x, ratio is { } r ? _b.Constant(Tensor.Scalar(r)) : "", _b.Constant(Tensor.Scalar(true))];

        string message = Should.Throw<InvalidNetworkException>(() => _b.Node("Dropout", inputs)).Message;

        message.ShouldContain("'dropout0' (Dropout, operator set 15)");
        message.ShouldContain("at random");
    }

    [Fact]
    public void More_outputs_than_an_operator_has_are_refused() =>
        Should.Throw<InvalidNetworkException>(() => _b.Nodes("AveragePool", [_b.Input("x", 1, 1, 4)], 2, ("kernel_shape", Longs(2))))
            .Message.ShouldContain("has 2 outputs, not 1 to 1");

    private static ValueInfo Free(string name) => new(name, ElementType.Float32, new Shape(-1, 3));

    private string[] Pool(string x, long storageOrder) => _b.Nodes(
        "MaxPool",
        [x],
        2,
        ("kernel_shape", Longs(3, 2)),
        ("strides", Longs(2, 1)),
        ("pads", Longs(1, 0, 1, 1)),
        ("storage_order", storageOrder));

    private string TrainingNormalization(string x, int channels) => _b.Node(
        "BatchNormalization", [x, .. Enumerable.Range(0, 4).Select(_ => _b.RandomConstant(1, 0.2, channels))], ("training_mode", 1L));

    private static ImmutableArray<long> Longs(params long[] values) => [.. values];

    private static IReadOnlyDictionary<string, Tensor> Run(Graph graph, Tensor x) =>
        GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { ["x"] = x });
}
