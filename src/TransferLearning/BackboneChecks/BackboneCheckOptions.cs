using TransferLearning.Inference;

namespace TransferLearning.BackboneChecks;

/// <summary>How <see cref="BackboneCheck"/> measures. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record BackboneCheckOptions
{
    /// <summary>The number of threads; 0, the default, for one per processor. It does not change the result.</summary>
    public int Threads { get; init; }

    /// <summary>What runs the network. Default: <see cref="EmbeddedEngine"/>.</summary>
    public INetworkEngine Engine { get; init; } = EmbeddedEngine.Instance;

    /// <summary>
    /// The most images that are run through the network, over all normalizations together, at least 8. Default: null, for a tenth of the
    /// data set, or 160 if that is more. A larger number makes the result more reliable.
    /// </summary>
    public int? MaxPasses { get; init; }
}
