using TransferLearning.Imaging.Transforms;

namespace TransferLearning.BackboneChecks;

/// <summary>A normalization that was tried, and how well it suits the network. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record CheckedNormalization
{
    /// <summary>The name that <c>--normalization</c> has for its means and scales; "the present one" where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>Means, scales and channel order.</summary>
    public required PixelNormalization Normalization { get; init; }

    /// <summary>
    /// How far the outputs of the first layer are from what the network expects, at least 0; less is better. With a batch normalization,
    /// the mean divergence (Kullback-Leibler, in nats) from the statistics that it holds; without one, the logarithm of the magnitude. Null
    /// where the first layer was not measured.
    /// </summary>
    public double? Distance { get; init; }

    /// <summary>
    /// How well the features of the sampled images suit a classifier, in nats per image; more is better. It is LogME, with a part for the
    /// variance between images (<see cref="BackboneCheck"/>). Null where labels are missing, or where the first layer left this
    /// normalization out.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>The name, with the order of the channels where it is not RGB.</summary>
    public override string ToString() => Normalization.ChannelOrder switch
    {
        ChannelOrder.Rgb => Name,
        ChannelOrder.Bgr => $"{Name} in BGR order",
        _ => throw new InvalidOperationException($"the channel order {Normalization.ChannelOrder} is not known"),
    };
}
