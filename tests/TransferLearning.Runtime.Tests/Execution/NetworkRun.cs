using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Compiles a network, runs it once and returns its output.</summary>
internal static class NetworkRun
{
    public static float[] Of(
        Graph graph,
        string output,
        int height,
        int width,
        ReadOnlySpan<float> images,
        int count,
        int threads = 1,
        KernelSet? kernels = null)
    {
        var options = new NetworkOptions { OutputName = output, Threads = threads, Height = height, Width = width };
        using var network = CompiledNetwork.Compile(graph, options, kernels ?? KernelSet.Best);
        float[] result = new float[count * network.OutputLength];
        network.Run(images, count, result);
        return result;
    }

    public static float[] ToNhwc(Tensor image)
    {
        (int channels, int plane) = (image.Shape[1], image.Shape[2] * image.Shape[3]);
        float[] values = new float[image.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[(i % plane * channels) + (i / plane)] = image.Floats[i];
        }

        return values;
    }
}
