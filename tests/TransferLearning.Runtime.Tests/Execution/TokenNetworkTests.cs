using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Reference;
using TransferLearning.Runtime.Steps.Tokens;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;
using static TransferLearning.Runtime.Tests.Execution.NetworkAssert;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Compares small transformers with the reference computation of each operator, and checks which steps they consist of.</summary>
public class TokenNetworkTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 20)]
    [InlineData(3, 8)]
    [InlineData(5, 5)]
    public void A_transformer_with_attention_in_one_product_is_computed_as_defined(int heads, int headChannels)
    {
        var t = new TokenNetwork(20, 28, heads, headChannels);
        string x = t.Embedding(4, out int tokens);
        x = t.PackedAttention(x, t.Normalization(x, t.Channels), tokens);
        x = t.Perceptron(x, t.Normalization(x, t.Channels));
        x = t.PackedAttention(x, t.Normalization(x, t.Channels), tokens);
        x = t.Perceptron(x, t.Normalization(x, t.Channels));
        Graph graph = t.Build(t.Linear(t.Token(t.Normalization(x, t.Channels), 0), t.Channels, 7));

        Steps(graph).OfType<AttentionStep>().Count().ShouldBe(2);
        Steps(graph).Where(static s => s is ReferenceStep || s.Description.StartsWith("Mul", StringComparison.Ordinal)).ShouldBeEmpty();
        ShouldBeAsDefined(graph, 3, 20, 28);
    }

    [Theory]
    [InlineData(1, 24)]
    [InlineData(4, 8)]
    [InlineData(3, 7)]
    public void A_transformer_with_attention_in_three_products_is_computed_as_defined(int heads, int headChannels)
    {
        var t = new TokenNetwork(12, 20, heads, headChannels);
        string x = t.Embedding(4, out int tokens);
        x = t.SeparateAttention(x, t.WrittenNormalization(x, t.Channels), tokens);
        x = t.Perceptron(x, t.WrittenNormalization(x, t.Channels));
        Graph graph = t.Build(t.WrittenNormalization(x, t.Channels));

        Step[] steps = Steps(graph);
        steps.OfType<AttentionStep>().Count().ShouldBe(1);
        steps.OfType<LayerNormalizationStep>().Count().ShouldBe(3);
        steps.ShouldNotContain(static s => s is ReferenceStep);
        ShouldBeAsDefined(graph, 3, 12, 20);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(1, 16)]
    [InlineData(4, 16)]
    public void A_constant_mask_is_added_to_the_scores_as_defined(int maskHeads, int maskQueries)
    {
        var t = new TokenNetwork(12, 20, heads: 4, headChannels: 8);
        string x = t.Embedding(4, out int tokens);
        x = t.SeparateAttention(x, x, tokens, t.Nodes.Weights(1, maskHeads, maskQueries, tokens));
        Graph graph = t.Build(x);

        tokens.ShouldBe(16);
        Steps(graph).OfType<AttentionStep>().Count().ShouldBe(1);
        ShouldBeAsDefined(graph, 3, 12, 20);
    }

    [Fact]
    public void Attention_with_a_computed_mask_runs_as_products_and_a_softmax()
    {
        var t = new TokenNetwork(12, 20, heads: 2, headChannels: 9);
        string x = t.Embedding(4, out int tokens);
        string mask = t.Nodes.Node("MatMul", [x, t.Transpose(x, 0, 2, 1)]);
        Graph graph = t.Build(t.SeparateAttention(x, x, tokens, mask));

        Step[] steps = Steps(graph);
        steps.OfType<AttentionStep>().ShouldBeEmpty();
        steps.OfType<MatrixProductStep>().Count().ShouldBe(3);
        steps.ShouldNotContain(static s => s is ReferenceStep);
        ShouldBeAsDefined(graph, 3, 12, 20);
    }

    [Fact]
    public void Only_the_class_token_is_computed_after_the_last_attention()
    {
        var t = new TokenNetwork(12, 20, heads: 2, headChannels: 16);
        string x = t.Embedding(4, out int tokens);
        x = t.SeparateAttention(x, t.Normalization(x, t.Channels), tokens);
        x = t.Perceptron(x, t.Normalization(x, t.Channels));
        Graph graph = t.Build(t.Token(t.Normalization(x, t.Channels), 0));

        Step[] steps = Steps(graph);
        int attention = Array.FindIndex(steps, static s => s is AttentionStep);
        steps[attention..].Select(static s => s.Rows).ShouldAllBe(static rows => rows == 1);
        ShouldBeAsDefined(graph, 3, 12, 20);
    }

    [Fact]
    public void A_token_behind_the_first_is_computed_as_defined()
    {
        var t = new TokenNetwork(12, 20, heads: 2, headChannels: 16);
        string x = t.Embedding(4, out int tokens);
        x = t.SeparateAttention(x, t.Normalization(x, t.Channels), tokens);

        ShouldBeAsDefined(t.Build(t.Token(t.Perceptron(x, t.Normalization(x, t.Channels)), 5)), 3, 12, 20);
    }

    [Fact]
    public void The_mean_of_the_tokens_is_computed_as_defined()
    {
        var t = new TokenNetwork(12, 20, heads: 2, headChannels: 16);
        string x = t.Embedding(4, out _);
        string mean = t.Nodes.Node("ReduceMean", [t.Perceptron(x, x)], ("axes", SmallNetwork.Longs(1)), ("keepdims", 0L));

        ShouldBeAsDefined(t.Build(mean), 3, 12, 20);
    }

    [Fact]
    public void A_block_with_channels_last_between_convolutions_is_computed_as_defined_without_copies()
    {
        const int Channels = 24;
        var t = new TokenNetwork(18, 14, heads: 1, Channels);
        SmallNetwork n = t.Nodes;
        string x = n.Conv("input", 3, Channels, 2, stride: 2);
        for (int i = 0; i < 2; i++)
        {
            string inner = t.Transpose(n.Conv(x, Channels, Channels, 3, padding: 1, groups: Channels), 0, 2, 3, 1);
            inner = t.WrittenGelu(t.Linear(t.Normalization(inner, Channels), Channels, 40));
            inner = t.Transpose(t.Linear(inner, 40, Channels), 0, 3, 1, 2);
            x = n.Node("Add", [n.Node("Mul", [inner, n.Weights(Channels, 1, 1)]), x]);
        }

        x = t.Transpose(t.Normalization(t.Transpose(x, 0, 2, 3, 1), Channels), 0, 3, 1, 2);
        Graph graph = t.Build(n.Node("GlobalAveragePool", [n.Conv(x, Channels, 32, 3, padding: 1)]));

        Step[] steps = Steps(graph);
        steps.Where(static s => s is ReferenceStep or StridedCopyStep or StridedBinaryStep).ShouldBeEmpty();
        steps.Length.ShouldBe(1 + (2 * 4) + 3, "a step per convolution, normalization, product and pooling");
        ShouldBeAsDefined(graph, 3, 18, 14);
    }

    [Fact]
    public void Shifted_windows_with_masks_are_computed_as_defined()
    {
        const int Size = 8, Window = 4, Shift = 2, Heads = 2, HeadChannels = 8, Channels = Heads * HeadChannels;
        var t = new TokenNetwork(2 * Size, 2 * Size, Heads, HeadChannels);
        SmallNetwork n = t.Nodes;
        string x = t.Transpose(n.Conv("input", 3, Channels, 2, stride: 2), 0, 2, 3, 1);
        string y = Roll(Roll(t.Normalization(x, Channels), Shift, 1), Shift, 2);
        y = t.Reshape(y, 1, Size / Window, Window, Size / Window, Window, Channels);
        y = t.Reshape(t.Transpose(y, 0, 1, 3, 2, 4, 5), 4, Window * Window, Channels);
        string all = t.Transpose(t.Reshape(t.Linear(y, Channels, 3 * Channels), 4, 16, 3, Heads, HeadChannels), 2, 0, 3, 1, 4);
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => n.Node("Gather", [all, n.Constant(Tensor.Scalar((long)i))], ("axis", 0L)))];
        string scores = n.Node("MatMul", [n.Node("Mul", [parts[0], t.Number(0.35f)]), t.Transpose(parts[1], 0, 1, 3, 2)]);
        scores = n.Node("Add", [scores, n.Weights(1, Heads, 16, 16)]);
        scores = n.Node("Add", [t.Reshape(scores, 1, 4, Heads, 16, 16), n.Weights(1, 4, 1, 16, 16)]);
        scores = n.Node("Softmax", [t.Reshape(scores, 4, Heads, 16, 16)], ("axis", -1L));
        y = t.Reshape(t.Transpose(n.Node("MatMul", [scores, parts[2]]), 0, 2, 1, 3), 4, 16, Channels);
        y = t.Reshape(t.Linear(y, Channels, Channels), 1, 2, 2, Window, Window, Channels);
        y = t.Reshape(t.Transpose(y, 0, 1, 3, 2, 4, 5), 1, Size, Size, Channels);
        x = n.Node("Add", [x, Roll(Roll(y, Size - Shift, 1), Size - Shift, 2)]);
        x = t.Transpose(t.Normalization(x, Channels), 0, 3, 1, 2);
        Graph graph = t.Build(n.Conv(x, Channels, 24, 3, padding: 1));

        Steps(graph).OfType<AttentionStep>().Count().ShouldBe(1);
        Steps(graph).ShouldNotContain(static s => s is ReferenceStep);
        ShouldBeAsDefined(graph, 3, 2 * Size, 2 * Size);

        string Roll(string value, int by, long axis) => n.Node(
            "Concat",
            [
                n.Node("Slice", [value, t.Axes(by), t.Axes(long.MaxValue), t.Axes(axis)]),
                n.Node("Slice", [value, t.Axes(0), t.Axes(by), t.Axes(axis)]),
            ],
            ("axis", axis));
    }

    [Fact]
    public void Shuffled_and_divided_channels_are_computed_as_defined()
    {
        var t = new TokenNetwork(10, 12, heads: 1, headChannels: 1);
        SmallNetwork n = t.Nodes;
        string x = n.Conv("input", 3, 24, 3, padding: 1);
        x = t.Reshape(t.Transpose(t.Reshape(x, 1, 2, 12, 10, 12), 0, 2, 1, 3, 4), 1, 24, 10, 12);
        string left = n.Node("Slice", [x, t.Axes(0), t.Axes(12), t.Axes(1)]);
        string right = n.Node("Slice", [x, t.Axes(23), t.Axes(11), t.Axes(1), t.Axes(-1)]);
        x = n.Node("Concat", [n.Conv(left, 12, 12, 3, padding: 1), right], ("axis", 1L));

        string mean = n.Node("Expand", [n.Node("GlobalAveragePool", [x]), t.Axes(1, 24, 10, 12)]);

        ShouldBeAsDefined(t.Build(n.Node("Sub", [x, mean])), 3, 10, 12);
    }

    [Theory]
    [InlineData("Gelu", "none")]
    [InlineData("Gelu", "tanh")]
    [InlineData("Erf", null)]
    public void Functions_of_tokens_are_computed_as_defined(string operatorName, string? approximate)
    {
        var t = new TokenNetwork(12, 20, heads: 1, headChannels: 21);
        (string, object)[] attributes = approximate is null ? [] : [("approximate", approximate)];
        string x = t.Nodes.Node(operatorName, [t.Transpose(t.Embedding(4, out _), 0, 2, 1)], attributes);

        ShouldBeAsDefined(t.Build(t.Nodes.Node(operatorName, [t.Linear(x, 16, 9)], attributes)), 3, 12, 20);
    }

    [Fact]
    public void Attention_of_1370_tokens_takes_little_memory_and_is_computed_as_defined()
    {
        var t = new TokenNetwork(37, 37, heads: 6, headChannels: 64);
        string x = t.Embedding(1, out int tokens);
        Graph graph = t.Build(t.Token(t.PackedAttention(x, t.Normalization(x, t.Channels), tokens), 0));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());

        tokens.ShouldBe(1370);
        network.WorkerBytes.ShouldBeLessThan(300L << 20);
    }

    [Fact]
    public void A_transformer_gives_the_same_bits_on_any_number_of_threads()
    {
        var t = new TokenNetwork(20, 28, heads: 3, headChannels: 16);
        string x = t.Embedding(4, out int tokens);
        x = t.PackedAttention(x, t.Normalization(x, t.Channels), tokens);
        Graph graph = t.Build(t.Perceptron(x, t.Normalization(x, t.Channels)));
        const int Count = 5, Length = 20 * 28 * 3;
        float[] images = SeededInput.Create(new Shape(Count, 3, 20, 28), 5).Floats.ToArray();
        string output = graph.Outputs[0].Name;
        float[] alone =
            [.. Enumerable.Range(0, Count).SelectMany(i => NetworkRun.Of(graph, output, 20, 28, images.AsSpan(i * Length, Length), 1))];

        foreach (int threads in new[] { 1, 2, 3, 4 })
        {
            NetworkRun.Of(graph, output, 20, 28, images, Count, threads).ShouldBe(alone, $"{threads} threads");
        }
    }

    private static Step[] Steps(Graph graph)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        NetworkProgram program = network.Program;
        return [.. program.ImageSteps, .. program.GroupSteps, .. program.BatchSteps];
    }
}
