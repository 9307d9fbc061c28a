using System.Runtime.InteropServices;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;
using TransferLearning.Runtime.Tests.Kernels;

namespace TransferLearning.Runtime.Tests.Execution;

public class CompiledNetworkTests
{
    public static TheoryData<string> KernelSets => [.. TestedKernelSets.All.Select(s => s.Name)];

    [SkippableTheory]
    [InlineData("mobilenet_v2_1.0_224.onnx")]
    [InlineData("mobilenet_v1_0.5_160.onnx")]
    [InlineData("mobilenet_v1_0.25_128.onnx")]
    [InlineData("compact_v0.onnx")]
    public void Features_and_logits_are_those_of_ONNX_Runtime(string file)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network(file));
        GoldenOutputs golden = GoldenOutputs.Of(file);
        float[] image = ToNhwc(golden.CreateInput());

        Run(graph, "features", golden.Size, golden.Size, image, 1).ShouldSatisfyAllConditions(r => Difference.Relative(r, golden.Features).ShouldBeLessThan(1e-4));
        Run(graph, "logits", golden.Size, golden.Size, image, 1).ShouldSatisfyAllConditions(r => Difference.Relative(r, golden.Logits).ShouldBeLessThan(1e-4));
    }

    [SkippableTheory]
    [MemberData(nameof(KernelSets))]
    public void Every_kernel_set_agrees_with_ONNX_Runtime(string setName)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("mobilenet_v1_0.25_128.onnx"));
        GoldenOutputs golden = GoldenOutputs.Of("mobilenet_v1_0.25_128.onnx");
        using var network = CompiledNetwork.Compile(
            graph, new NetworkOptions { OutputName = "features", Threads = 1 }, KernelSet.All.Single(s => s.Name == setName));
        var features = new float[network.OutputLength];

        network.Run(ToNhwc(golden.CreateInput()), 1, features);

        Difference.Relative(features, golden.Features).ShouldBeLessThan(1e-4);
    }

    [SkippableTheory]
    [InlineData("compact_v0.onnx")]
    [InlineData("mobilenet_v1_0.25_128.onnx")]
    public void Any_number_of_threads_and_any_place_in_a_batch_give_the_same_bits(string file)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network(file));
        const int Count = 11;
        float[] images = SeededInput.Create(new Shape(Count, 3, 128, 128), 5).Floats.ToArray();
        float[] alone = [.. Enumerable.Range(0, Count).SelectMany(i => Run(graph, "logits", 128, 128, images.AsSpan(i * 128 * 128 * 3, 128 * 128 * 3), 1))];

        foreach (int threads in new[] { 1, 2, 3, 4 })
        {
            Run(graph, "logits", 128, 128, images, Count, threads).ShouldBe(alone, $"{threads} threads");
        }
    }

    [SkippableFact]
    public void Workers_on_ten_threads_do_not_disturb_each_other()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("compact_v0.onnx"));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { OutputName = "features" });
        float[] images = SeededInput.Create(new Shape(2, 3, 128, 128), 5).Floats.ToArray();
        var expected = new float[2 * network.OutputLength];
        using (NetworkWorker worker = network.CreateWorker())
        {
            worker.Run(images, 2, expected);
        }

        Parallel.For(0, 10, new ParallelOptions { MaxDegreeOfParallelism = 10 }, _ =>
        {
            using NetworkWorker worker = network.CreateWorker();
            var features = new float[expected.Length];
            worker.Run(images, 2, features);
            features.ShouldBe(expected);
        });
    }

    [Fact]
    public void A_residual_network_with_pooling_is_computed_as_defined()
    {
        var n = new SmallNetwork(3, 37, 45);
        string x = n.Relu(n.Conv("input", 3, 64, 7, stride: 2, padding: 3));
        x = n.Node("MaxPool", [x], ("kernel_shape", SmallNetwork.Longs(3, 3)), ("strides", SmallNetwork.Longs(2, 2)), ("pads", SmallNetwork.Longs(1, 1, 1, 1)));
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
        x = n.Node(pooling, [x], ("kernel_shape", SmallNetwork.Longs(3, 3)), ("strides", SmallNetwork.Longs(2, 2)), ("pads", SmallNetwork.Longs(1, 1, 0, 0)), ("ceil_mode", 1L));
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(x, 64, 24, 3, padding: 1))]));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());

        network.Program.ImageSteps.Concat(network.Program.GroupSteps).First().Description.ShouldMatch("^bands of .*convolution 3x3/1 3->64 on 43x41 -> .*pooling 3x3/2");
        ShouldBeAsDefined(graph, 3, 43, 41);
    }

    [Fact]
    public void A_residual_that_is_read_besides_or_later_is_not_overwritten()
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
        expanded = n.Node("Clip", [n.Conv(expanded, 72, 72, 5, padding: 2, groups: 72), n.Constant(Tensor.Scalar(0f)), n.Constant(Tensor.Scalar(6f))]);
        string gate = n.Relu(n.Conv(n.Node("GlobalAveragePool", [expanded]), 72, 18, 1));
        gate = n.Node("HardSigmoid", [n.Conv(gate, 18, 72, 1)], ("alpha", 1f / 6), ("beta", 0.5f));
        x = n.Node("Add", [n.Conv(n.Node("Mul", [expanded, gate]), 72, 16, 1), x]);

        ShouldBeAsDefined(n.Build(n.Conv(x, 16, 24, 1)), 3, 30, 22);
    }

    [Fact]
    public void Gates_and_blocks_of_channels_are_computed_as_defined()
    {
        Graph graph = Gated();
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions());
        string[] steps = [.. network.Program.ImageSteps.Concat(network.Program.GroupSteps).Select(static s => s.Description)];

        steps.Count(static s => s.StartsWith("blocks of channels", StringComparison.Ordinal)).ShouldBe(2);
        steps.Count(static s => s.StartsWith("gated convolution 1x1/1 200->30", StringComparison.Ordinal)).ShouldBe(1, "fewer weights than values");
        steps.Count(static s => s.StartsWith("Multiply on 8x6x200", StringComparison.Ordinal)).ShouldBe(1, "more weights than values");
        steps.Count(static s => s.StartsWith("global Average pooling of 15x1x200", StringComparison.Ordinal)).ShouldBe(1, "of the sums of rows");
        ShouldBeAsDefined(graph, 3, 30, 22);
    }

    [Fact]
    public void Gates_and_blocks_of_channels_give_the_same_bits_on_any_number_of_threads()
    {
        Graph graph = Gated();
        const int Count = 5, Length = 30 * 22 * 3;
        float[] images = SeededInput.Create(new Shape(Count, 3, 30, 22), 5).Floats.ToArray();
        string output = graph.Outputs[0].Name;
        float[] alone = [.. Enumerable.Range(0, Count).SelectMany(i => Run(graph, output, 30, 22, images.AsSpan(i * Length, Length), 1))];

        foreach (int threads in new[] { 1, 2, 3, 4 })
        {
            Run(graph, output, 30, 22, images, Count, threads).ShouldBe(alone, $"{threads} threads");
        }
    }

    [Fact]
    public void Branches_of_whole_vectors_are_written_to_their_places_in_a_concatenation()
    {
        var n = new SmallNetwork(3, 19, 17);
        (string, object)[] window = [("kernel_shape", SmallNetwork.Longs(3, 3)), ("pads", SmallNetwork.Longs(1, 1, 1, 1)), ("strides", SmallNetwork.Longs(1, 1))];
        string x = n.Relu(n.Conv("input", 3, 32, 3, padding: 1));
        string winograd = n.Node("HardSwish", [n.Conv(x, 32, 48, 3, padding: 1)]);
        string pointwise = n.Node("LeakyRelu", [n.Conv(x, 32, 64, 1)], ("alpha", 0.1f));
        x = n.Node("Concat", [n.Node("MaxPool", [x], window), winograd, pointwise, n.Node("AveragePool", [x], window)], ("axis", 1L));
        x = n.Relu(n.Conv(x, 176, 32, 3, padding: 1));
        string shared = n.Relu(n.Conv(x, 32, 16, 1));
        x = n.Node("Concat", [shared, n.Conv(shared, 16, 16, 3, padding: 1), n.Conv(shared, 16, 5, 1), n.Conv(x, 32, 16, 1)], ("axis", -3L));
        x = n.Node("MaxPool", [x], window);
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Conv(x, 53, 24, 3, padding: 1)]));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions(), KernelSet.All[0]);

        network.Program.ImageSteps.Concat(network.Program.GroupSteps)
            .Select(static s => s.Description)
            .Where(static d => d.StartsWith("concatenation", StringComparison.Ordinal))
            .ShouldBe(["concatenation of 3 to 53 channels on 19x17"], "the value that another step reads, what is no whole vector, and what stands after it");
        ShouldBeAsDefined(graph, 3, 19, 17);
    }

    [Fact]
    public void Branches_joined_by_concatenation_are_computed_as_defined()
    {
        var n = new SmallNetwork(3, 19, 17);
        string x = n.Relu(n.Conv("input", 3, 20, 3, padding: 1));
        string pooled = n.Node("AveragePool", [x], ("kernel_shape", SmallNetwork.Longs(3, 3)), ("pads", SmallNetwork.Longs(1, 1, 1, 1)), ("count_include_pad", 1L));
        string grouped = n.Node("LeakyRelu", [n.Conv(x, 20, 30, 3, padding: 1, groups: 5)], ("alpha", 0.1f));
        x = n.Node("Concat", [n.Conv(x, 20, 5, 1), pooled, grouped], ("axis", 1L));
        x = n.Node("BatchNormalization", [x, n.Positive(55), n.Positive(55), n.Positive(55), n.Positive(55)]);
        x = n.Node("LRN", [n.Relu(x)], ("size", 3L));
        x = n.Node("AveragePool", [x], ("kernel_shape", SmallNetwork.Longs(4, 4)), ("strides", SmallNetwork.Longs(3, 3)), ("ceil_mode", 1L));
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
    public void Convolutions_of_3_x_3_are_computed_as_defined_whatever_is_left_of_a_map_at_its_edges(int height, int width)
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

    [Fact]
    public void Maps_of_512_channels_are_computed_as_defined() => ShouldBeAsDefined(Wide(), 3, 14, 10);

    [Fact]
    public void What_an_image_of_NaN_leaves_in_memory_reaches_no_other_image()
    {
        ShouldLeaveNothing(Wide(), 14, 10);
        ShouldLeaveNothing(Gated(), 30, 22);
    }

    private static void ShouldLeaveNothing(Graph graph, int height, int width)
    {
        float[] image = ToNhwc(SeededInput.Create(new Shape(1, 3, height, width), 3));
        float[] spoilt = [.. Enumerable.Repeat(float.NaN, image.Length)];
        foreach (KernelSet set in TestedKernelSets.All)
        {
            using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1, Height = height, Width = width }, set);
            float[] clean = new float[network.OutputLength], after = new float[network.OutputLength];
            network.Run(image, 1, clean);

            network.Run(spoilt, 1, after);
            network.Run(image, 1, after);

            after.ShouldBe(clean, set.Name);
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

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 7)]
    public void Steady_state_allocates_nothing(int threads, int images)
    {
        var n = new SmallNetwork(3, 24, 24);
        string x = n.Relu(n.Conv("input", 3, 32, 3, stride: 2, padding: 1));
        x = n.Relu(n.Conv(x, 32, 32, 3, padding: 1));
        x = n.Relu(n.Conv(x, 32, 32, 3, padding: 1, groups: 32));
        x = n.Node("Concat", [x, n.Conv(x, 32, 8, 1)], ("axis", 1L));
        x = n.Node("Flatten", [n.Node("GlobalAveragePool", [n.Conv(x, 40, 16, 1)])]);
        AllocatedInSteadyState(n.Build(x), threads, images).ShouldBe(0);
        AllocatedInSteadyState(Gated(), threads, images).ShouldBe(0);
    }

    private static long AllocatedInSteadyState(Graph graph, int threads, int images)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = threads });
        var pixels = new float[images * network.Height * network.Width * network.Channels];
        var output = new float[images * network.OutputLength];
        var allocated = new List<long>();

        // The first runs make tables, on whichever thread comes to a step first.
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                network.Run(pixels, images, output);
            }

            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return allocated.Min();
    }

    [Fact]
    public void Too_small_an_output_is_refused()
    {
        var n = new SmallNetwork(3, 8, 8);
        using var network = CompiledNetwork.Compile(n.Build(n.Conv("input", 3, 4, 3)), new NetworkOptions());

        Should.Throw<ArgumentException>(() => network.Run(new float[8 * 8 * 3], 1, new float[10])).Message.ShouldContain("144 values");
    }

    /// <summary>Channels that fill no whole vectors, and pixels that lie further apart than their channels need.</summary>
    private static Graph Wide()
    {
        var n = new SmallNetwork(3, 14, 10);
        string x = n.Relu(n.Conv("input", 3, 21, 3, padding: 1));
        x = n.Node("Div", [n.Conv(x, 21, 512, 1), n.Node("HardSigmoid", [n.Conv(x, 21, 512, 3, padding: 1)], ("alpha", 0.1f), ("beta", 2f))]);
        x = n.Relu(n.Conv(x, 512, 512, 3, stride: 2, padding: 1, groups: 512));
        string strided = n.Conv(x, 512, 24, 1, stride: 2), filtered = n.Conv(x, 512, 40, 3, stride: 2, padding: 1);
        x = n.Node("Concat", [strided, filtered, n.Conv(filtered, 40, 8, 1)], ("axis", 1L));
        x = n.Node("Flatten", [n.Node("GlobalAveragePool", [n.Conv(x, 72, 40, 3, padding: 1, groups: 4)])]);
        return n.Build(n.Node("Gemm", [x, n.Weights(9, 40)], ("transB", 1L)));
    }

    /// <summary>
    /// Squeeze and excite twice, on a map with more values than the next convolution has weights and on one with fewer; expansions whose weights
    /// outweigh their input; a depthwise convolution of what a gated one computes.
    /// </summary>
    private static Graph Gated()
    {
        var n = new SmallNetwork(3, 30, 22);
        string x = n.Relu(n.Conv("input", 3, 30, 3, stride: 2, padding: 1));
        string filtered = SiLU(n.Conv(SiLU(n.Conv(x, 30, 200, 1)), 200, 200, 5, padding: 2, groups: 200));
        x = n.Node("Add", [n.Conv(n.Node("Mul", [Gate(filtered), filtered]), 200, 30, 1), x]);
        x = n.Relu(n.Conv(x, 30, 30, 3, padding: 1, groups: 30));
        x = n.Node("MaxPool", [x], ("kernel_shape", SmallNetwork.Longs(1, 1)));
        filtered = n.Node("HardSwish", [n.Conv(n.Relu(n.Conv(x, 30, 200, 1)), 200, 200, 3, stride: 2, padding: 1, groups: 200)]);
        x = n.Conv(n.Node("Mul", [filtered, Gate(filtered)]), 200, 60, 1);
        x = n.Node("Flatten", [n.Node("GlobalAveragePool", [x])]);
        return n.Build(n.Node("Gemm", [x, n.Weights(9, 60)], ("transB", 1L)));

        string SiLU(string value) => n.Node("Mul", [value, n.Node("Sigmoid", [value])]);

        string Gate(string value) => n.Node("Sigmoid", [n.Conv(n.Node("GlobalAveragePool", [value]), 200, 200, 1)]);
    }

    private static void ShouldBeAsDefined(Graph graph, int channels, int height, int width)
    {
        // More than threads share in groups: they run the last one together.
        const int Count = 7;
        string output = graph.Outputs[0].Name;
        var images = new List<float>();
        var expected = new List<float>();
        for (uint i = 0; i < Count; i++)
        {
            Tensor image = SeededInput.Create(new Shape(1, channels, height, width), 40 + i);
            images.AddRange(ToNhwc(image));
            expected.AddRange(GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { ["input"] = image })[output].Floats);
        }

        foreach (KernelSet set in TestedKernelSets.All)
        {
            foreach (int threads in new[] { 1, 3 })
            {
                float[] result = Run(graph, output, height, width, CollectionsMarshal.AsSpan(images), Count, threads, set);
                Difference.Relative(result, CollectionsMarshal.AsSpan(expected)).ShouldBeLessThan(2e-5, $"{set.Name}, {threads} threads");
            }
        }
    }

    private static float[] Run(
        Graph graph, string output, int height, int width, ReadOnlySpan<float> images, int count, int threads = 1, KernelSet? kernels = null)
    {
        var options = new NetworkOptions { OutputName = output, Threads = threads, Height = height, Width = width };
        using var network = CompiledNetwork.Compile(graph, options, kernels ?? KernelSet.Best);
        var result = new float[count * network.OutputLength];
        network.Run(images, count, result);
        return result;
    }

    private static float[] ToNhwc(Tensor image)
    {
        (int channels, int plane) = (image.Shape[1], image.Shape[2] * image.Shape[3]);
        var values = new float[image.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[(i % plane * channels) + (i / plane)] = image.Floats[i];
        }

        return values;
    }
}
