using System.Runtime.InteropServices;
using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Reference;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;
using TransferLearning.Runtime.Tests.Kernels;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Checks of compiled networks with one image input named "input".</summary>
internal static class NetworkAssert
{
    /// <summary>Compares every kernel set, on several threads, with the reference computation of each operator.</summary>
    public static void ShouldBeAsDefined(Graph graph, int channels, int height, int width)
    {
        // Not a multiple of the threads, so that they run the last image together.
        const int Count = 7;
        string output = graph.Outputs[0].Name;
        var images = new List<float>();
        var expected = new List<float>();
        for (uint i = 0; i < Count; i++)
        {
            Tensor image = SeededInput.Create(new Shape(1, channels, height, width), 40 + i);
            images.AddRange(NetworkRun.ToNhwc(image));
            expected.AddRange(GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { ["input"] = image })[output].Floats);
        }

        foreach (KernelSet set in TestedKernelSets.All)
        {
            foreach (int threads in new[] { 1, 3 })
            {
                float[] result = NetworkRun.Of(graph, output, height, width, CollectionsMarshal.AsSpan(images), Count, threads, set);
                Difference.Relative(result, CollectionsMarshal.AsSpan(expected)).ShouldBeLessThan(2e-5, $"{set.Name}, {threads} threads");
            }
        }
    }

    /// <summary>Compares groups of images on one to four threads with one image at a time on one thread.</summary>
    public static void ShouldGiveTheSameBitsOnAnyNumberOfThreads(Graph graph, int channels, int height, int width)
    {
        const int Count = 5;
        int length = height * width * channels;
        float[] images = SeededInput.Create(new Shape(Count, channels, height, width), 5).Floats.ToArray();
        string output = graph.Outputs[0].Name;
        float[] alone = [.. Enumerable.Range(0, Count)
            .SelectMany(i => NetworkRun.Of(graph, output, height, width, images.AsSpan(i * length, length), 1))];
        foreach (int threads in new[] { 1, 2, 3, 4 })
        {
            NetworkRun.Of(graph, output, height, width, images, Count, threads).ShouldBe(alone, $"{threads} threads");
        }
    }

    public static void ShouldHaveNoReferenceSteps(Graph graph) =>
        Run(graph, static p => p.ImageSteps.Concat(p.GroupSteps).Concat(p.BatchSteps).OfType<ReferenceStep>().Count()).ShouldBe(0);

    /// <summary>The descriptions of the steps before those of vectors.</summary>
    public static string[] StepsOf(Graph graph) =>
        Run<string[]>(graph, static program => [.. program.ImageSteps.Concat(program.GroupSteps).Select(static s => s.Description)]);

    private static T Run<T>(Graph graph, Func<NetworkProgram, T> read)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        return read(network.Program);
    }
}
