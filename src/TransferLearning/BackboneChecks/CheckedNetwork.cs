using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.BackboneChecks;

/// <summary>Runs sampled images through a part of a network under different normalizations. For one check.</summary>
internal sealed class CheckedNetwork : IDisposable
{
    private const int GroupSize = 8;

    private readonly CompiledNetwork _network;
    private readonly int _threads;

    private CheckedNetwork(CompiledNetwork network, int threads) => (_network, _threads) = (network, threads);

    /// <summary>The length of the output for one image.</summary>
    public int OutputLength => _network.OutputLength;

    /// <summary>Compiles the part of a network that computes a value.</summary>
    /// <exception cref="InvalidNetworkException">The network does not run at the size.</exception>
    public static CheckedNetwork Compile(Graph graph, string value, ImagePreprocessing size, int threads) =>
        new(CompiledNetwork.Compile(graph, new NetworkOptions { Height = size.Height, Width = size.Width, OutputName = value }), threads);

    /// <summary>[count, OutputLength]: the outputs of the first images.</summary>
    public float[] Run(SampledImages images, int count, PixelNormalization normalization, CancellationToken cancellationToken)
    {
        float[] outputs = new float[checked(count * OutputLength)];
        int groups = (count + GroupSize - 1) / GroupSize;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, groups, options, _network.CreateWorker, (group, _, worker) =>
        {
            int length = _network.Height * _network.Width * _network.Channels;
            int first = group * GroupSize, size = Math.Min(GroupSize, count - first);
            float[] inputs = new float[size * length];
            for (int i = 0; i < size; i++)
            {
                images.WriteInput(first + i, normalization, inputs.AsSpan(i * length, length));
            }

            worker.Run(inputs, size, outputs.AsSpan(first * OutputLength, size * OutputLength));
            return worker;
        }, worker => worker.Dispose());
        return outputs;
    }

    public void Dispose() => _network.Dispose();
}
