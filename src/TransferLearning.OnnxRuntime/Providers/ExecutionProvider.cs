using Microsoft.ML.OnnxRuntime;

namespace TransferLearning.OnnxRuntime.Providers;

/// <summary>What ONNX Runtime computes with, one of its execution providers. Immutable.</summary>
/// <param name="Name">The name for messages, such as "CUDA".</param>
/// <param name="ProviderName">The name that ONNX Runtime lists.</param>
/// <param name="Identity">What stands for it in the key of cached features.</param>
/// <param name="Remedy">What to do where the native library does not have it, as a clause.</param>
internal abstract record ExecutionProvider(string Name, string ProviderName, string Identity, string Remedy)
{
    /// <summary>The number of images that are run at a time.</summary>
    public abstract int ImagesPerRun { get; }

    /// <summary>The number of threads beside one per processor that wait while the device computes, or prepare the next images.</summary>
    public abstract int WaitingThreads { get; }

    /// <summary>Whether several threads may run a session at the same time.</summary>
    public abstract bool RunsConcurrently { get; }

    /// <summary>
    /// The largest difference between outputs of an image in a group and alone, as a share of the largest output, with which groups are
    /// run.
    /// </summary>
    public abstract float GroupTolerance { get; }

    /// <summary>Adds the provider to the options of a session.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be used on this machine.</exception>
    public abstract void AddTo(SessionOptions options);
}
