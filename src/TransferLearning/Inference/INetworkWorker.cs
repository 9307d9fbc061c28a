namespace TransferLearning.Inference;

/// <summary>
/// Runs the network of an <see cref="INetworkSession"/> in memory of its own. Not thread-safe: each thread has its own worker.
/// </summary>
public interface INetworkWorker : IDisposable
{
    /// <summary>Runs the network on the calling thread. Blocks until the outputs are written.</summary>
    /// <param name="images">[count, Height, Width, 3]: pixels, already normalized.</param>
    /// <param name="count">The number of images, from 0; also more than <see cref="INetworkSession.ImagesPerRun"/>.</param>
    /// <param name="outputs">[count, OutputLength]; written completely.</param>
    /// <exception cref="NetworkEngineException">The network cannot be run.</exception>
    void Run(ReadOnlySpan<float> images, int count, Span<float> outputs);
}
