using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Backbones;

/// <summary>The backbones that come with the library.</summary>
public static class Backbones
{
    private const string CompactResource = "compact.onnx";

    private static readonly Lazy<Backbone> CompactBackbone = new(LoadCompact);

    /// <summary>
    /// A small network of dense 3x3 convolutions for 128 x 128 pixels (other sizes run) with 384 features, trained by this project on
    /// Tiny-ImageNet (200 classes, 64 pixels). Its weights, 2.5 MB, are part of the package: it needs no file and no network connection.
    /// Loaded at first use, then kept.
    /// </summary>
    public static Backbone Compact => CompactBackbone.Value;

    private static Backbone LoadCompact()
    {
        using Stream resource = typeof(Backbones).Assembly.GetManifestResourceStream(CompactResource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource '{CompactResource}'");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return Backbone.FromGraph("compact", OnnxReader.Read(content, "the embedded network compact"), new BackboneOptions());
    }
}
