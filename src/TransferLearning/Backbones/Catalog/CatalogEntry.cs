using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones;

/// <summary>A network of a <see cref="BackboneCatalog"/>: where its file is, and what the file does not state. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record CatalogEntry
{
    /// <summary>The name, for <see cref="Backbone.FromCatalog"/> and the command's <c>--backbone</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The length of the file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 of the file, 64 hexadecimal digits in lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the file is published: http, https or file.</summary>
    public required Uri Address { get; init; }

    /// <summary>The license of the weights, such as <c>Apache-2.0</c>.</summary>
    public required string License { get; init; }

    /// <summary>How the network's authors prepared images: input size, resizing, channels and normalization.</summary>
    public required ImagePreprocessing Preprocessing { get; init; }

    /// <summary>The name of the value to use as features; null where it is found from the network's last layers.</summary>
    public required string? FeaturesName { get; init; }

    /// <summary>The published top-1 accuracy on ImageNet, 0..1; null for a network without a classifier of ImageNet's classes.</summary>
    public required double? Top1 { get; init; }

    /// <summary>Names that differ in letter case only are the same, as some file systems do not tell them apart.</summary>
    internal static StringComparer Names => StringComparer.OrdinalIgnoreCase;

    /// <summary>The name of the file in the folder of fetched networks, and in a mirror.</summary>
    internal string FileName => $"{Name}.onnx";

    /// <summary>Name, size and license.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({Bytes / 1e6:0.0} MB, {License})");
}
