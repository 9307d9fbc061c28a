namespace TransferLearning.MLNet.Vision;

/// <summary>The pre-trained networks of ML.NET's <c>ImageClassificationTrainer</c>. The bottleneck of each is its 1001 ImageNet
/// logits.</summary>
public enum MLNetNetwork
{
    /// <summary>ResNet V2, 101 layers, 299 x 299 pixels; file <c>resnet_v2_101_299.meta</c>.</summary>
    ResNetV2101,

    /// <summary>Inception V3, 299 x 299 pixels; file <c>inception_v3.meta</c>.</summary>
    InceptionV3,

    /// <summary>MobileNet V2, 224 x 224 pixels; file <c>mobilenet_v2.meta</c>. The smallest and fastest.</summary>
    MobileNetV2,

    /// <summary>ResNet V2, 50 layers, 299 x 299 pixels; file <c>resnet_v2_50_299.meta</c>. The trainer's default.</summary>
    ResNetV250,
}
