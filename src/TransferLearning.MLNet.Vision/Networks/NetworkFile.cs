using System.Collections.Immutable;
using TransferLearning.Backbones;

namespace TransferLearning.MLNet.Vision.Networks;

/// <summary>The file in which the trainer expects a network, and the nodes that it looks up in it. Immutable.</summary>
/// <param name="Network">The network.</param>
/// <param name="Name">The file's name, without a folder.</param>
/// <param name="Architecture">Input, bottleneck and image size.</param>
internal sealed record NetworkFile(MLNetNetwork Network, string Name, TensorFlowArchitecture Architecture)
{
    /// <summary>The number of ImageNet logits: 1000 classes, and one for the background.</summary>
    public const int BottleneckSize = 1001;

    public static ImmutableArray<NetworkFile> All { get; } =
    [
        new(MLNetNetwork.ResNetV2101, "resnet_v2_101_299.meta", TensorFlowArchitecture.ResNetV2101),
        new(MLNetNetwork.InceptionV3, "inception_v3.meta", TensorFlowArchitecture.InceptionV3),
        new(MLNetNetwork.MobileNetV2, "mobilenet_v2.meta", TensorFlowArchitecture.MobileNetV2),
        new(MLNetNetwork.ResNetV250, "resnet_v2_50_299.meta", TensorFlowArchitecture.ResNetV250),
    ];

    public static NetworkFile Of(MLNetNetwork network) => All.Single(f => f.Network == network);
}
