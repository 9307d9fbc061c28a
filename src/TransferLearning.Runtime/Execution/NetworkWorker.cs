namespace TransferLearning.Runtime.Execution;

/// <summary>Runs a <see cref="CompiledNetwork"/> on the calling thread. Not thread-safe: one worker a thread.</summary>
internal sealed class NetworkWorker : IDisposable
{
    /// <summary>Runs images one after the other (or in small groups that share the weights in cache).</summary>
    /// <param name="images">[count, Height, Width, Channels], already normalised.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="output">[count, OutputLength].</param>
    public void Run(ReadOnlySpan<float> images, int count, Span<float> output) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
