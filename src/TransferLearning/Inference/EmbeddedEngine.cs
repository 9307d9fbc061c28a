using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Inference;

/// <summary>
/// The engine that comes with the library, in .NET alone, for processors. It is the default, computes the same bits with any number of
/// threads, and is the only one that trains networks. Immutable.
/// </summary>
/// <remarks>Thread-safe; nothing to dispose of. Which operators it computes: docs/operators.md in the repository.</remarks>
public sealed class EmbeddedEngine : INetworkEngine
{
    private EmbeddedEngine()
    {
    }

    /// <summary>The only instance.</summary>
    public static EmbeddedEngine Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "embedded";

    /// <inheritdoc/>
    public string FeatureIdentity => "";

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => [];

    /// <inheritdoc/>
    public INetworkSession Load(EngineNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (FindProblem(network.Graph.UnsupportedReason) is { } problem)
        {
            throw new NetworkEngineException(problem);
        }

        try
        {
            return new EmbeddedSession(CompiledNetwork.Compile(
                network.Graph,
                new NetworkOptions { Height = network.Height, Width = network.Width, OutputName = network.OutputName }));
        }
        catch (InvalidNetworkException e)
        {
            throw new NetworkEngineException($"{e.Message}; if its file is damaged, get it again", e);
        }
    }

    /// <summary>What is wrong with a network that has nodes which this engine does not compute; null for null.</summary>
    /// <param name="unsupportedReason">Why the first of them is not computed.</param>
    internal static string? FindProblem(string? unsupportedReason) => unsupportedReason is null
        ? null
        : $"the embedded engine cannot run it: {unsupportedReason}. ONNX Runtime may: WithEngine(OnnxRuntimeEngine.Cpu()) of the package "
            + "TransferLearning.OnnxRuntime, or --engine onnxruntime";
}
