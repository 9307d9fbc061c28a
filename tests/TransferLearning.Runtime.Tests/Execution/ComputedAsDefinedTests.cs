using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;
using TransferLearning.Runtime.Tests.Kernels;
using static TransferLearning.Runtime.Tests.Execution.NetworkAssert;
using static TransferLearning.Runtime.Tests.Execution.SmallNetwork;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Compares small networks, on every kernel set and on several threads, with the reference computation of each operator.</summary>
public class ComputedAsDefinedTests
{
    [Fact]
    public void A_residual_network_with_pooling_is_computed_as_defined()
    {
        var n = new SmallNetwork(3, 37, 45);
        string x = n.Relu(n.Conv("input", 3, 64, 7, stride: 2, padding: 3));
        x = n.Node("MaxPool", [x], ("kernel_shape", Longs(3, 3)), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 1, 1)));
        string inner = n.Relu(n.Conv(x, 64, 64, 3, padding: 1));
        x = n.Relu(n.Node("Add", [n.Conv(inner, 64, 64, 3, padding: 1), x]));
        string shortcut = n.Conv(x, 64, 96, 1, stride: 2);
        inner = n.Relu(n.Conv(x, 64, 96, 3, stride: 2, padding: 1));
        x = n.Relu(n.Node("Add", [shortcut, n.Conv(inner, 96, 96, 3, padding: 1)]));
        x = n.Node("Flatten", [n.Node("GlobalAveragePool", [x])]);
        x = n.Node("Gemm", [x, n.Weights(10, 96), n.Weights(10)], ("transB", 1L));

        ShouldBeAsDefined(n.Build(n.Node("Softmax", [x])), 3, 37, 45);
    }

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    public void A_convolution_to_a_large_map_is_pooled_band_by_band_as_defined(string pooling)
    {
        var n = new SmallNetwork(3, 43, 41);
        string x = n.Relu(n.Conv("input", 3, 64, 3, padding: 1));
        x = n.Node(
            pooling, [x], ("kernel_shape", Longs(3, 3)), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 0, 0)), ("ceil_mode", 1L));
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(x, 64, 24, 3, padding: 1))]));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());

        network.Program.ImageSteps.Concat(network.Program.GroupSteps).First().Description
            .ShouldMatch("^bands of .*convolution 3x3/1 3->64 on 43x41 -> .*pooling 3x3/2");
        ShouldBeAsDefined(graph, 3, 43, 41);
    }

    [Theory]
    [InlineData("Sub", true)]
    [InlineData("Sub", false)]
    [InlineData("Mul", true)]
    [InlineData("Div", false)]
    public void Arithmetic_with_a_constant_image_is_computed_as_defined(string operation, bool imageFirst)
    {
        var n = new SmallNetwork(3, 21, 19);
        string mean = n.Weights(1, 3, 21, 19);
        string x = n.Node(operation, imageFirst ? ["input", mean] : [mean, "input"]);
        x = n.Node("Add", [n.Relu(n.Conv(x, 3, 24, 3, stride: 2, padding: 1)), n.Weights(1, 1, 11, 10)]);
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(x, 24, 16, 3, padding: 1))]));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());

        network.Program.ImageSteps.Concat(network.Program.GroupSteps)
            .Count(s => s.Description.Contains("with a constant", StringComparison.Ordinal)).ShouldBe(2);
        ShouldBeAsDefined(graph, 3, 21, 19);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Arithmetic_that_a_network_begins_with_is_computed_as_defined_without_a_step(int groups)
    {
        var n = new SmallNetwork(3, 21, 19);
        string x = n.Node("Mul", ["input", n.Weights(1)]);
        x = n.Node("Div", [n.Node("Sub", [n.Weights(1, 3, 1, 1), x]), n.Weights(3, 1, 1)]);
        x = n.Relu(n.Conv(x, 3, 24, 3, stride: 2, padding: 1, groups: groups));
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(x, 24, 16, 3, padding: 1))]));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());

        network.Program.ImageSteps.Concat(network.Program.GroupSteps)
            .ShouldNotContain(s => s.Description.Contains("affine", StringComparison.Ordinal));
        ShouldBeAsDefined(graph, 3, 21, 19);
    }

    [Fact]
    public void Arithmetic_that_a_network_begins_with_is_a_step_where_its_input_is_read_again()
    {
        var n = new SmallNetwork(3, 21, 19);
        string x = n.Node("Concat", [n.Node("Mul", ["input", n.Weights(1, 3, 1, 1)]), "input"], ("axis", 1L));

        ShouldBeAsDefined(n.Build(n.Node("GlobalAveragePool", [n.Conv(x, 6, 24, 3, padding: 1)])), 3, 21, 19);
    }

    [Theory]
    [InlineData("Max")]
    [InlineData("Min")]
    public void Arithmetic_of_vectors_and_a_constant_is_computed_as_defined_for_several_images(string operation)
    {
        var n = new SmallNetwork(3, 21, 19);
        string x = n.Node("GlobalAveragePool", [n.Conv("input", 3, 40, 3)]);
        x = n.Node(operation, [x, n.Weights(1, 40, 1, 1)]);

        ShouldBeAsDefined(n.Build(n.Node("Flatten", [x])), 3, 21, 19);
    }

    [Fact]
    public void A_mean_of_one_pixel_is_subtracted_as_defined()
    {
        var n = new SmallNetwork(3, 1, 1);
        string x = n.Node("Sub", ["input", n.Weights(1, 3, 1, 1)]);

        ShouldBeAsDefined(n.Build(n.Node("Flatten", [n.Relu(n.Conv(x, 3, 24, 1))])), 3, 1, 1);
    }

    [Fact]
    public void A_residual_that_another_step_reads_too_is_not_overwritten()
    {
        var n = new SmallNetwork(3, 18, 20);
        string early = n.Relu(n.Conv("input", 3, 64, 3, padding: 1));
        string x = n.Relu(n.Node("Add", [n.Conv(early, 64, 64, 1), early]));
        x = n.Relu(n.Node("Add", [n.Conv(x, 64, 64, 3, padding: 1), x]));
        string inner = n.Relu(n.Conv(x, 64, 64, 1));
        x = n.Relu(n.Node("Add", [n.Conv(inner, 64, 64, 3, padding: 1), x]));
        inner = n.Node("HardSwish", [n.Conv(x, 64, 64, 3, padding: 1)]);
        x = n.Node("HardSwish", [n.Node("Add", [n.Conv(inner, 64, 64, 1), x])]);
        x = n.Relu(n.Node("Add", [n.Conv(x, 64, 64, 1), early]));
        x = n.Node("Flatten", [n.Node("GlobalAveragePool", [n.Node("Add", [n.Conv(x, 64, 64, 1), inner])])]);

        ShouldBeAsDefined(n.Build(n.Node("Gemm", [x, n.Weights(10, 64), n.Weights(10)], ("transB", 1L))), 3, 18, 20);
    }

    [Fact]
    public void An_inverted_residual_with_squeeze_and_excite_is_computed_as_defined()
    {
        var n = new SmallNetwork(3, 30, 22);
        string x = n.Node("HardSwish", [n.Conv("input", 3, 16, 3, stride: 2, padding: 1)]);
        string expanded = n.Conv(x, 16, 72, 1);
        expanded = n.Node("Mul", [expanded, n.Node("Sigmoid", [expanded])]);
        string filtered = n.Conv(expanded, 72, 72, 5, padding: 2, groups: 72);
        expanded = n.Node("Clip", [filtered, n.Constant(Tensor.Scalar(0f)), n.Constant(Tensor.Scalar(6f))]);
        string gate = n.Relu(n.Conv(n.Node("GlobalAveragePool", [expanded]), 72, 18, 1));
        gate = n.Node("HardSigmoid", [n.Conv(gate, 18, 72, 1)], ("alpha", 1f / 6), ("beta", 0.5f));
        x = n.Node("Add", [n.Conv(n.Node("Mul", [expanded, gate]), 72, 16, 1), x]);

        ShouldBeAsDefined(n.Build(n.Conv(x, 16, 24, 1)), 3, 30, 22);
    }

    [Fact]
    public void Gates_and_blocks_of_channels_are_computed_as_defined()
    {
        Graph graph = SmallNetworks.Gated();
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());
        string[] steps = [.. network.Program.ImageSteps.Concat(network.Program.GroupSteps).Select(static s => s.Description)];

        steps.Count(static s => s.StartsWith("blocks of channels", StringComparison.Ordinal)).ShouldBe(2);
        steps.Count(static s => s.StartsWith("gated convolution 1x1/1 200->30", StringComparison.Ordinal))
            .ShouldBe(1, "fewer weights than values");
        steps.Count(static s => s.StartsWith("Multiply on 8x6x200", StringComparison.Ordinal)).ShouldBe(1, "more weights than values");
        steps.Count(static s => s.StartsWith("global Average pooling of 15x1x200", StringComparison.Ordinal))
            .ShouldBe(1, "of the sums of rows");
        ShouldBeAsDefined(graph, 3, 30, 22);
    }

    [Fact]
    public void Gates_and_blocks_of_channels_give_the_same_bits_on_any_number_of_threads() =>
        ShouldGiveTheSameBitsOnAnyNumberOfThreads(SmallNetworks.Gated(), 3, 30, 22);

    [Fact]
    public void Branches_of_whole_vectors_are_written_to_their_places_in_a_concatenation()
    {
        var n = new SmallNetwork(3, 19, 17);
        (string, object)[] window = [("kernel_shape", Longs(3, 3)), ("pads", Longs(1, 1, 1, 1)), ("strides", Longs(1, 1))];
        string x = n.Relu(n.Conv("input", 3, 32, 3, padding: 1));
        string winograd = n.Node("HardSwish", [n.Conv(x, 32, 48, 3, padding: 1)]);
        string pointwise = n.Node("LeakyRelu", [n.Conv(x, 32, 64, 1)], ("alpha", 0.1f));
        x = n.Node("Concat", [n.Node("MaxPool", [x], window), winograd, pointwise, n.Node("AveragePool", [x], window)], ("axis", 1L));
        x = n.Relu(n.Conv(x, 176, 32, 3, padding: 1));
        string shared = n.Relu(n.Conv(x, 32, 16, 1));
        x = n.Node(
            "Concat", [shared, n.Conv(shared, 16, 16, 3, padding: 1), n.Conv(shared, 16, 5, 1), n.Conv(x, 32, 16, 1)], ("axis", -3L));
        x = n.Node("MaxPool", [x], window);
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Conv(x, 53, 24, 3, padding: 1)]));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions(), KernelSet.All[0]);

        network.Program.ImageSteps.Concat(network.Program.GroupSteps)
            .Select(static s => s.Description)
            .Where(static d => d.StartsWith("copy", StringComparison.Ordinal))
            .ShouldBe(
                ["copy of 37 channels to 53 on 19x17"],
                "copied are the value that another step reads, the one of no whole vectors, and the one after it");
        ShouldBeAsDefined(graph, 3, 19, 17);
    }

    [Fact]
    public void Branches_joined_by_concatenation_are_computed_as_defined()
    {
        var n = new SmallNetwork(3, 19, 17);
        string x = n.Relu(n.Conv("input", 3, 20, 3, padding: 1));
        string pooled = n.Node(
            "AveragePool", [x], ("kernel_shape", Longs(3, 3)), ("pads", Longs(1, 1, 1, 1)), ("count_include_pad", 1L));
        string grouped = n.Node("LeakyRelu", [n.Conv(x, 20, 30, 3, padding: 1, groups: 5)], ("alpha", 0.1f));
        x = n.Node("Concat", [n.Conv(x, 20, 5, 1), pooled, grouped], ("axis", 1L));
        x = n.Node("BatchNormalization", [x, n.Positive(55), n.Positive(55), n.Positive(55), n.Positive(55)]);
        x = n.Node("LRN", [n.Relu(x)], ("size", 3L));
        x = n.Node("AveragePool", [x], ("kernel_shape", Longs(4, 4)), ("strides", Longs(3, 3)), ("ceil_mode", 1L));
        x = n.Node("Flatten", [x]);

        ShouldBeAsDefined(n.Build(n.Node("Gemm", [x, n.Weights(7, 55 * 6 * 6)], ("transB", 1L))), 3, 19, 17);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 1)]
    [InlineData(5, 13)]
    [InlineData(6, 7)]
    [InlineData(7, 7)]
    [InlineData(8, 6)]
    [InlineData(14, 14)]
    public void Convolutions_of_3_x_3_are_computed_as_defined_whatever_the_size_of_the_tiles_at_the_edges(int height, int width)
    {
        var n = new SmallNetwork(3, height, width);
        string x = n.Relu(n.Conv("input", 3, 40, 1));
        x = n.Relu(n.Node("Add", [n.Conv(x, 40, 40, 3, padding: 1), x]));
        Graph graph = n.Build(n.Node("HardSwish", [n.Conv(x, 40, 37, 3, padding: 1)]));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());

        network.Program.ImageSteps.Concat(network.Program.GroupSteps)
            .Count(static s => s.Description.StartsWith("Winograd", StringComparison.Ordinal)).ShouldBe(2);
        ShouldBeAsDefined(graph, 3, height, width);
    }

    [Theory]
    [InlineData(7, 1, 19, 17, 24)]
    [InlineData(7, 2, 19, 17, 20)]
    [InlineData(7, 1, 5, 4, 96)]
    [InlineData(5, 2, 12, 9, 40)]
    public void Depthwise_convolutions_are_computed_as_defined(int size, int stride, int height, int width, int channels)
    {
        var n = new SmallNetwork(3, height, width);
        string x = n.Conv(n.Relu(n.Conv("input", 3, channels, 3, padding: 1)), channels, channels, size, stride, size / 2, channels);
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(x, channels, 24, 1))]));

        StepsOf(graph).ShouldContain(d => d.Contains($"depthwise {size}x{size}/{stride}", StringComparison.Ordinal));
        ShouldBeAsDefined(graph, 3, height, width);
    }

    [Theory]
    [InlineData(6, 8, 8, 1)]
    [InlineData(13, 8, 8, 2)]
    [InlineData(32, 4, 4, 1)]
    [InlineData(8, 4, 4, 2)]
    [InlineData(3, 16, 16, 1)]
    [InlineData(4, 4, 8, 1)]
    [InlineData(5, 6, 16, 2)]
    [InlineData(5, 3, 7, 1)]
    [InlineData(4, 24, 24, 1)]
    public void Grouped_convolutions_are_computed_as_defined(int groups, int groupInputs, int groupOutputs, int stride)
    {
        var n = new SmallNetwork(3, 23, 20);
        int inputs = groups * groupInputs, outputs = groups * groupOutputs;
        string x = n.Relu(n.Conv("input", 3, inputs, 3, padding: 1));
        x = n.Node("HardSwish", [n.Conv(x, inputs, outputs, 3, stride, 1, groups)]);
        string y = n.Relu(n.Conv(x, outputs, outputs, 1));
        y = n.Relu(n.Conv(y, outputs, outputs, 3, 1, 1, groups));
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Node("Concat", [y, x], ("axis", 1L))]));

        ShouldBeAsDefined(graph, 3, 23, 20);
        ShouldGiveTheSameBitsOnAnyNumberOfThreads(graph, 3, 23, 20);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(55)]
    public void An_odd_number_of_groups_of_8_channels_has_a_kernel_for_groups(int groups)
    {
        var n = new SmallNetwork(3, 9, 7);
        string x = n.Relu(n.Conv("input", 3, 8 * groups, 3, padding: 1));
        x = n.Relu(n.Conv(x, 8 * groups, 8 * groups, 3, 1, 1, groups));
        Graph graph = n.Build(n.Node("GlobalAveragePool", [x]));

        StepsOf(graph).ShouldContain(d => d.StartsWith("grouped convolution", StringComparison.Ordinal));
        ShouldBeAsDefined(graph, 3, 9, 7);
        ShouldGiveTheSameBitsOnAnyNumberOfThreads(graph, 3, 9, 7);
    }

    [Fact]
    public void Long_products_are_computed_as_defined_and_to_the_same_bits_alone_and_in_a_batch()
    {
        var n = new SmallNetwork(3, 12, 11);
        string x = n.Node("Flatten", [n.Relu(n.Conv("input", 3, 24, 3, padding: 1))]);
        x = n.Relu(n.Node("Gemm", [x, n.Weights(43, 24 * 12 * 11), n.Weights(43)], ("transB", 1L)));
        Graph graph = n.Build(n.Node("Gemm", [x, n.Weights(10, 43), n.Weights(10)], ("transB", 1L)));

        ShouldBeAsDefined(graph, 3, 12, 11);
        ShouldGiveTheSameBitsOnAnyNumberOfThreads(graph, 3, 12, 11);
    }

    [Fact]
    public void Maps_of_512_channels_are_computed_as_defined() => ShouldBeAsDefined(SmallNetworks.Wide(), 3, 14, 10);

    [Fact]
    public void An_image_of_NaN_does_not_change_the_result_of_the_next_image()
    {
        ShouldNotChangeTheNext(SmallNetworks.Wide(), 14, 10);
        ShouldNotChangeTheNext(SmallNetworks.Gated(), 30, 22);
    }

    private static void ShouldNotChangeTheNext(Graph graph, int height, int width)
    {
        float[] image = NetworkRun.ToNhwc(SeededInput.Create(new Shape(1, 3, height, width), 3));
        float[] nan = [.. Enumerable.Repeat(float.NaN, image.Length)];
        foreach (KernelSet set in TestedKernelSets.All)
        {
            using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1, Height = height, Width = width }, set);
            float[] before = new float[network.OutputLength], after = new float[network.OutputLength];
            network.Run(image, 1, before);

            network.Run(nan, 1, after);
            network.Run(image, 1, after);

            after.ShouldBe(before, set.Name);
        }
    }

    [Fact]
    public void The_output_may_be_an_inner_feature_map()
    {
        var n = new SmallNetwork(3, 12, 9);
        string inner = n.Relu(n.Conv("input", 3, 10, 3, padding: 1));
        n.Node("GlobalAveragePool", [inner]);

        ShouldBeAsDefined(n.Build(inner), 3, 12, 9);
    }
}
