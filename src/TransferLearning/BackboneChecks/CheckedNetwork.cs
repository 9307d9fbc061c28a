using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.BackboneChecks;

/// <summary>Runs sampled images through a part of a network under different normalizations. For one check.</summary>
internal sealed class CheckedNetwork : IDisposable
{
    private const int GroupSize = 8;

    private readonly INetworkSession _session;
    private readonly int _inputLength;
    private readonly int _threads;

    private CheckedNetwork(INetworkSession session, ImagePreprocessing size, int threads) =>
        (_session, _inputLength, _threads) = (session, size.Height * size.Width * 3, threads);

    /// <summary>Receives the output of the network for one image of a sample. The span is valid during the call only.</summary>
    public delegate void OutputVisitor(int image, ReadOnlySpan<float> output);

    /// <summary>The length of the output for one image.</summary>
    public int OutputLength => _session.OutputLength;

    /// <summary>Compiles the part of a network that computes a value, for the embedded engine.</summary>
    /// <exception cref="InvalidNetworkException">The network does not run at the size.</exception>
    public static CheckedNetwork Compile(Graph graph, string value, ImagePreprocessing size, int threads) =>
        new(
            new EmbeddedSession(CompiledNetwork.Compile(
                graph, new NetworkOptions { Height = size.Height, Width = size.Width, OutputName = value })),
            size,
            threads);

    /// <summary>Loads a whole backbone.</summary>
    /// <exception cref="TransferLearningException">The engine cannot run it.</exception>
    public static CheckedNetwork Load(INetworkEngine engine, Backbone backbone, int threads)
    {
        try
        {
            return new CheckedNetwork(engine.Load(backbone.Network), backbone.Preprocessing, threads);
        }
        catch (NetworkEngineException e)
        {
            throw new TransferLearningException($"the backbone '{backbone.Name}' cannot run: {e.Message}", e);
        }
    }

    /// <summary>[count, OutputLength]: the outputs of the first images.</summary>
    public float[] Run(SampledImages images, int count, PixelNormalization normalization, CancellationToken cancellationToken)
    {
        float[] outputs = new float[checked(count * OutputLength)];
        Run(images, count, normalization, Keep, cancellationToken);
        return outputs;

        void Keep(int image, ReadOnlySpan<float> output) => output.CopyTo(outputs.AsSpan(image * OutputLength));
    }

    /// <summary>Computes the outputs of the first images, which are not kept: maps of a whole sample would take a lot of memory.</summary>
    /// <param name="images">The sample.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="normalization">How they become inputs.</param>
    /// <param name="visit">Receives each image's position and output, once, from several threads.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public void Run(
        SampledImages images, int count, PixelNormalization normalization, OutputVisitor visit, CancellationToken cancellationToken)
    {
        int groups = (count + GroupSize - 1) / GroupSize;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, groups, options, _session.CreateWorker, (group, _, worker) =>
        {
            int length = _inputLength, first = group * GroupSize, size = Math.Min(GroupSize, count - first);
            float[] inputs = new float[size * length];
            for (int i = 0; i < size; i++)
            {
                images.WriteInput(first + i, normalization, inputs.AsSpan(i * length, length));
            }

            float[] outputs = new float[size * OutputLength];
            worker.Run(inputs, size, outputs);
            for (int i = 0; i < size; i++)
            {
                visit(first + i, outputs.AsSpan(i * OutputLength, OutputLength));
            }

            return worker;
        }, worker => worker.Dispose());
    }

    public void Dispose() => _session.Dispose();
}
