namespace TransferLearning.Inference;

/// <summary>
/// Runs the networks of backbones and models: <see cref="EmbeddedEngine"/>, the default, or another one such as ONNX Runtime
/// (<c>OnnxRuntimeEngine</c> of the package TransferLearning.OnnxRuntime).
/// </summary>
/// <remarks>
/// Images are decoded, resized and normalized before, in the same way for every engine. Implementations are immutable and thread-safe. One
/// that cannot load or run a network throws <see cref="NetworkEngineException"/>.
/// </remarks>
public interface INetworkEngine
{
    /// <summary>The name for messages, such as "ONNX Runtime (CUDA)".</summary>
    string Name { get; }

    /// <summary>
    /// What tells features of this engine from those of other engines in the bottleneck cache: engines that compute the same bits have the
    /// same text. Letters, digits, '.' and '-'. Empty for <see cref="EmbeddedEngine"/>.
    /// </summary>
    string FeatureIdentity { get; }

    /// <summary>Finds what keeps the engine from running on this machine. Called before any image is read.</summary>
    /// <returns>One sentence per problem, with what to do; empty where it can run.</returns>
    IReadOnlyList<string> Validate();

    /// <summary>Prepares a network to be run. May take seconds.</summary>
    /// <param name="network">The network.</param>
    /// <returns>The prepared network; dispose of it.</returns>
    /// <exception cref="NetworkEngineException">The engine cannot run the network.</exception>
    INetworkSession Load(EngineNetwork network);
}
