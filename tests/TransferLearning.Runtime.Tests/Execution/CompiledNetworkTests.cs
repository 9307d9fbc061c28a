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
        var golden = GoldenOutputs.Of(file);
        float[] image = NetworkRun.ToNhwc(golden.CreateInput());

        float[] features = NetworkRun.Of(graph, "features", golden.Size, golden.Size, image, 1);
        float[] logits = NetworkRun.Of(graph, "logits", golden.Size, golden.Size, image, 1);

        Difference.Relative(features, golden.Features).ShouldBeLessThan(1e-4);
        Difference.Relative(logits, golden.Logits).ShouldBeLessThan(1e-4);
    }

    [SkippableTheory]
    [MemberData(nameof(KernelSets))]
    public void Every_kernel_set_agrees_with_ONNX_Runtime(string setName)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("mobilenet_v1_0.25_128.onnx"));
        var golden = GoldenOutputs.Of("mobilenet_v1_0.25_128.onnx");
        using var network = CompiledNetwork.Compile(
            graph, new NetworkOptions { OutputName = "features", Threads = 1 }, KernelSet.All.Single(s => s.Name == setName));
        float[] features = new float[network.OutputLength];

        network.Run(NetworkRun.ToNhwc(golden.CreateInput()), 1, features);

        Difference.Relative(features, golden.Features).ShouldBeLessThan(1e-4);
    }

    [SkippableTheory]
    [InlineData("compact_v0.onnx")]
    [InlineData("mobilenet_v1_0.25_128.onnx")]
    public void Any_number_of_threads_and_any_place_in_a_batch_give_the_same_bits(string file)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network(file));
        const int Count = 11, Length = 128 * 128 * 3;
        float[] images = SeededInput.Create(new Shape(Count, 3, 128, 128), 5).Floats.ToArray();
        float[] alone =
            [.. Enumerable.Range(0, Count).SelectMany(i => NetworkRun.Of(graph, "logits", 128, 128, images.AsSpan(i * Length, Length), 1))];

        foreach (int threads in new[] { 1, 2, 3, 4 })
        {
            NetworkRun.Of(graph, "logits", 128, 128, images, Count, threads).ShouldBe(alone, $"{threads} threads");
        }
    }

    [SkippableFact]
    public void Workers_on_ten_threads_do_not_disturb_each_other()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("compact_v0.onnx"));
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { OutputName = "features" });
        float[] images = SeededInput.Create(new Shape(2, 3, 128, 128), 5).Floats.ToArray();
        float[] expected = new float[2 * network.OutputLength];
        using (NetworkWorker worker = network.CreateWorker())
        {
            worker.Run(images, 2, expected);
        }

        Parallel.For(0, 10, new ParallelOptions { MaxDegreeOfParallelism = 10 }, _ =>
        {
            using NetworkWorker worker = network.CreateWorker();
            float[] features = new float[expected.Length];
            worker.Run(images, 2, features);
            features.ShouldBe(expected);
        });
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
        AllocatedInSteadyState(SmallNetworks.Gated(), threads, images).ShouldBe(0);
    }

    private static long AllocatedInSteadyState(Graph graph, int threads, int images)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = threads });
        float[] pixels = new float[images * network.Height * network.Width * network.Channels];
        float[] output = new float[images * network.OutputLength];
        var allocated = new List<long>();

        // The first runs allocate tables, on whichever thread is the first to run a step.
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
}
