using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.OnnxRuntime.Tests;

public sealed class FeatureParityTests
{
    // Enough for groups of images on several threads; the networks below are of random weights and more expensive.
    private const int FewPhotos = 6;

    [SkippableTheory]
    [InlineData("mobilenet_v2_1.0_224.onnx")]
    [InlineData("mobilenet_v1_0.25_128.onnx")]
    [InlineData("mobilenet_v1_0.5_160.onnx")]
    [InlineData("compact_v0.onnx")]
    public void Features_of_200_photos_are_those_of_the_embedded_engine(string network) =>
        Parity.ShouldHoldFor(SharedData.Backbone(network), SharedData.Photos(200));

    [SkippableFact]
    public void The_built_in_backbones_have_the_features_of_the_embedded_engine()
    {
        Parity.ShouldHoldFor(Backbone.ResNet18, SharedData.Photos(40));
        Parity.ShouldHoldFor(Backbone.Compact, SharedData.Photos(40));
    }

    [SkippableFact]
    public void A_network_of_TensorFlow_has_the_features_of_the_embedded_engine() =>
        Parity.ShouldHoldFor(Backbone.FromFile(SharedData.TensorFlowNetwork("mobilenet_v2.meta")), SharedData.Photos(FewPhotos));

    [SkippableTheory]
    [InlineData("EfficientNetB0")]
    [InlineData("EfficientNetLite")]
    [InlineData("GoogLeNet")]
    [InlineData("MobileNetV1")]
    [InlineData("MobileNetV2")]
    [InlineData("ResNet50")]
    [InlineData("ResNeXt50")]
    [InlineData("SqueezeNet")]
    public void Architectures_have_the_features_of_the_embedded_engine(string name)
    {
        Graph graph = name switch
        {
            "EfficientNetB0" => Architectures.EfficientNetB0(seed: 1),
            "EfficientNetLite" => Architectures.EfficientNetLite(seed: 1),
            "GoogLeNet" => Architectures.GoogLeNet(seed: 1),
            "MobileNetV1" => Architectures.MobileNetV1(seed: 1),
            "MobileNetV2" => Architectures.MobileNetV2(seed: 1),
            "ResNet50" => Architectures.ResNet50(seed: 1),
            "ResNeXt50" => Architectures.ResNeXt50(seed: 1),
            "SqueezeNet" => Architectures.SqueezeNet(seed: 1),
            _ => throw new ArgumentException($"no architecture {name}", nameof(name)),
        };

        Parity.ShouldHoldFor(
            Backbone.FromGraph(name, graph, new BackboneOptions { Normalization = PixelNormalization.Torchvision }),
            SharedData.Photos(FewPhotos));
    }

    [SkippableTheory]
    [InlineData(ResizeMode.Stretch)]
    [InlineData(ResizeMode.CenterCrop)]
    [InlineData(ResizeMode.Pad)]
    public void Images_are_prepared_in_the_same_way(ResizeMode resize) => Parity.ShouldHoldFor(
        Backbone.FromFile(
            SharedData.Network("mobilenet_v1_0.25_128.onnx"),
            new BackboneOptions { Normalization = PixelNormalization.Inception, Resize = resize, ChannelOrder = ChannelOrder.Bgr }),
        SharedData.Photos(FewPhotos));
}
