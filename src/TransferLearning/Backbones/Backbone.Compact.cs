using TransferLearning.Compact;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    private static readonly Lazy<Backbone> CompactBackbone = new(LoadCompact);

    /// <summary>
    /// A small network of dense 3x3 convolutions for 128 x 128 pixels (other sizes run) with 384 features, trained by this project on
    /// Tiny-ImageNet (200 classes, 64 pixels).
    /// </summary>
    /// <remarks>
    /// Its weights, 2.5 MB, come with the package: it needs no other file and no network connection. It is loaded at first use, then kept.
    /// </remarks>
    public static Backbone Compact => CompactBackbone.Value;

    /// <summary>The license of the weights, as model files state it.</summary>
    internal const string CompactLicense =
        "MIT, as part of TransferLearning; the images that they were learned from, Tiny-ImageNet, are for research use";

    // The file has no metadata: how its input is normalized is known here.
    private static Backbone LoadCompact() => FromGraph(
        "compact",
        OnnxReader.Read(CompactNetwork.ReadFile(), "the built-in network compact"),
        new BackboneOptions { Normalization = PixelNormalization.Inception, License = CompactLicense });
}
