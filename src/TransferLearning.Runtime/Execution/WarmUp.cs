using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Compiles and runs a tiny network of the usual layers on a thread of its own, so that the just-in-time compiler is through with the passes,
/// the lowering and the kernels by the time that a model file is read. Without it, that is most of the time of a process's first prediction.
/// </summary>
internal static class WarmUp
{
    // A cache of what was done, not state: whoever comes second changes nothing.
    private static readonly Lazy<Task> Once = new(static () => Task.Run(static () => Run()));

    /// <summary>Begins, once a process; with a single processor there is nothing to gain.</summary>
    /// <returns>Ends when the warm-up does; nobody needs to wait for it.</returns>
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
        const int size = 32, channels = 32;
        var b = new GraphBuilder("warm-up", opset: 13, seed: 0);
        string x = b.Relu(b.ConvWithBias(b.Input("input", 1, 3, size, size), channels, 3, 2));
        x = b.Relu(b.ConvWithBias(x, channels, 3));
        x = b.Relu(b.Add(x, b.ConvWithBias(x, channels, 3)));
        string expanded = b.Relu6(b.ConvWithBias(x, 2 * channels, 1));
        string filtered = b.Relu6(b.Conv(expanded, 2 * channels, 3, 1, group: 2 * channels));
        x = b.Add(x, b.ConvWithBias(filtered, channels, 1));
        string logits = b.Dense(b.Flatten(b.GlobalAveragePool(b.MaxPool(x, 2, 2))), 2);
        return b.Output(b.Node("Softmax", [logits], ("axis", 1L)), "probabilities").Build();
    }
}
