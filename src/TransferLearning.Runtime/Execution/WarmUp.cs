using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Compiles and runs a tiny network of the usual layers in the background, so that the passes, the lowering and the kernels are compiled to
/// machine code by the time that a model file has been read. Without it, this takes most of the time of a process's first prediction.
/// </summary>
internal static class WarmUp
{
    // Not state: it is the same task for all callers, and starting it again changes nothing.
    private static readonly Lazy<Task> Once = new(static () => Task.Run(static () => Run()));

    /// <summary>Starts the warm-up, once per process. With a single processor there is nothing to gain, and nothing is started.</summary>
    /// <returns>A task that ends with the warm-up; callers need not wait for it.</returns>
    public static Task Start() => Environment.ProcessorCount > 1 ? Once.Value : Task.CompletedTask;

    /// <summary>The output of the tiny network: two probabilities.</summary>
    internal static float[] Run()
    {
        using var network = CompiledNetwork.Compile(TinyNetwork(), new NetworkOptions { Threads = 1 });
        using NetworkWorker worker = network.CreateWorker();
        float[] output = new float[network.OutputLength];
        worker.Run(new float[network.Height * network.Width * network.Channels], 1, output);
        return output;
    }

    /// <summary>Plain, depthwise, pointwise and Winograd convolutions, a residual, pooling and a classifier.</summary>
    private static Graph TinyNetwork()
    {
        const int Size = 32, Channels = 32;
        var b = new GraphBuilder("warm-up", opset: 13, seed: 0);
        string x = b.Relu(b.ConvWithBias(b.Input("input", 1, 3, Size, Size), Channels, 3, 2));
        x = b.Relu(b.ConvWithBias(x, Channels, 3));
        x = b.Relu(b.Add(x, b.ConvWithBias(x, Channels, 3)));
        string expanded = b.Relu6(b.ConvWithBias(x, 2 * Channels, 1));
        string filtered = b.Relu6(b.Conv(expanded, 2 * Channels, 3, 1, group: 2 * Channels));
        x = b.Add(x, b.ConvWithBias(filtered, Channels, 1));
        string logits = b.Dense(b.Flatten(b.GlobalAveragePool(b.MaxPool(x, 2, 2))), 2);
        return b.Output(b.Node("Softmax", [logits], ("axis", 1L)), "probabilities").Build();
    }
}
