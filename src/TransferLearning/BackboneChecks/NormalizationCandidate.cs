using TransferLearning.Imaging.Transforms;

namespace TransferLearning.BackboneChecks;

/// <summary>A normalization that a network may have been trained with. Immutable.</summary>
/// <param name="Name">What users call it, without the channel order: "torchvision".</param>
/// <param name="Normalization">Means, scales and channel order.</param>
internal sealed record NormalizationCandidate(string Name, PixelNormalization Normalization)
{
    private const string GivenName = "the present one";

    /// <summary>Those whose inputs are about -2..2, in RGB order; the one that is taken on a tie comes first.</summary>
    public static IReadOnlyList<NormalizationCandidate> OfUnits { get; } =
    [
        new("torchvision", PixelNormalization.Torchvision),
        new("inception", PixelNormalization.Inception),
        new("zero-one", PixelNormalization.ZeroToOne),
    ];

    /// <summary>Those whose inputs span 255, in RGB order.</summary>
    public static IReadOnlyList<NormalizationCandidate> OfBytes { get; } =
    [
        new("caffe", PixelNormalization.Caffe with { ChannelOrder = ChannelOrder.Rgb }),
        new("none", PixelNormalization.None),
    ];

    /// <summary>The same means and scales with the channels in the other order.</summary>
    public NormalizationCandidate Reversed => this with
    {
        Normalization = Normalization with
        {
            ChannelOrder = Normalization.ChannelOrder switch
            {
                ChannelOrder.Rgb => ChannelOrder.Bgr,
                ChannelOrder.Bgr => ChannelOrder.Rgb,
                _ => throw new InvalidOperationException($"the channel order {Normalization.ChannelOrder} is not known"),
            },
        },
    };

    /// <summary>The candidate with these means, scales and order, under its name where it has one.</summary>
    public static NormalizationCandidate Of(PixelNormalization normalization) => new(
        OfUnits.Concat(OfBytes).FirstOrDefault(c => c.HasMeansOf(normalization))?.Name ?? GivenName, normalization);

    /// <summary>Whether means and scales are these, whatever the order of the channels.</summary>
    public bool HasMeansOf(PixelNormalization other) =>
        Normalization with { ChannelOrder = ChannelOrder.Rgb } == (other with { ChannelOrder = ChannelOrder.Rgb });
}
