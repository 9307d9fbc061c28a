using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow;

namespace TransferLearning.Backbones;

/// <summary>
/// The networks of ML.NET's image classification trainer, told by the names of their nodes. All take values 0..1, and all have the 1001
/// ImageNet logits as bottleneck. Immutable.
/// </summary>
internal sealed record MLNetArchitecture(string Input, string Bottleneck, int InputSize)
{
    public static ImmutableArray<MLNetArchitecture> All { get; } =
    [
        new("input", "resnet_v2_101/SpatialSqueeze", 299),
        new("input", "InceptionV3/Logits/SpatialSqueeze", 299),
        new("import/input", "import/MobilenetV2/Logits/Squeeze", 224),
        new("input", "resnet_v2_50/SpatialSqueeze", 299),
    ];

    /// <summary>The architecture that a file holds, or null where it is none of these.</summary>
    public static MLNetArchitecture? Of(TensorFlowNetwork network) =>
        All.FirstOrDefault(a => network.Has(a.Input) && network.Has(a.Bottleneck));
}
