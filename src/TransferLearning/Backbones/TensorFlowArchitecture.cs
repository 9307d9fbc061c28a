using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow;

namespace TransferLearning.Backbones;

/// <summary>
/// The networks of ML.NET's image classification trainer, recognized by the names of their nodes. All take values 0..1, and all have the
/// 1001 ImageNet logits as bottleneck. Immutable.
/// </summary>
/// <param name="Input">The name of the input.</param>
/// <param name="Bottleneck">The name of the logits.</param>
/// <param name="InputSize">Height and width in pixels.</param>
internal sealed record TensorFlowArchitecture(string Input, string Bottleneck, int InputSize)
{
    public static TensorFlowArchitecture ResNetV2101 { get; } = new("input", "resnet_v2_101/SpatialSqueeze", 299);

    public static TensorFlowArchitecture InceptionV3 { get; } = new("input", "InceptionV3/Logits/SpatialSqueeze", 299);

    public static TensorFlowArchitecture MobileNetV2 { get; } = new("import/input", "import/MobilenetV2/Logits/Squeeze", 224);

    public static TensorFlowArchitecture ResNetV250 { get; } = new("input", "resnet_v2_50/SpatialSqueeze", 299);

    public static ImmutableArray<TensorFlowArchitecture> All { get; } = [ResNetV2101, InceptionV3, MobileNetV2, ResNetV250];

    /// <summary>The architecture of a network; null where it is none of these.</summary>
    public static TensorFlowArchitecture? Of(TensorFlowNetwork network) =>
        All.FirstOrDefault(a => network.Has(a.Input) && network.Has(a.Bottleneck));
}
