namespace TransferLearning.Inference;

/// <summary>A network that an <see cref="INetworkEngine"/> has prepared. Thread-safe; dispose of its workers first.</summary>
public interface INetworkSession : IDisposable
{
    /// <summary>The number of floats of the output for one image.</summary>
    int OutputLength { get; }

    /// <summary>The number of images that a worker should be given at a time: more take more memory, fewer take longer.</summary>
    int ImagesPerRun { get; }

    /// <summary>
    /// The number of threads beside one per processor that should prepare images and run the network, because threads wait in
    /// <see cref="INetworkWorker.Run"/> for another device. 0 where the processor computes.
    /// </summary>
    int WaitingThreads { get; }

    /// <summary>What the user should know of how the network runs, in words that follow its name; null for nothing.</summary>
    string? Warning => null;

    /// <summary>Creates what one thread needs to run the network.</summary>
    /// <returns>The worker; dispose of it.</returns>
    INetworkWorker CreateWorker();
}
