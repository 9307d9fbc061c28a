namespace TransferLearning.Imaging.Transforms;

/// <summary>Maps pixel values 0..255 to network inputs: (value - mean) / scale, a mean and a scale a channel (red, green, blue). Immutable.</summary>
public sealed record PixelNormalization(float MeanR, float MeanG, float MeanB, float ScaleR, float ScaleG, float ScaleB)
{
    /// <summary>x / 127.5 - 1: MobileNet, Inception and others trained with TensorFlow.</summary>
    public static PixelNormalization MinusOneToOne { get; } = new(127.5f, 127.5f, 127.5f, 127.5f, 127.5f, 127.5f);

    /// <summary>x / 255.</summary>
    public static PixelNormalization ZeroToOne { get; } = new(0, 0, 0, 255, 255, 255);

    /// <summary>x / 255, less ImageNet's mean, over its standard deviation: networks from torchvision and timm.</summary>
    public static PixelNormalization ImageNet { get; } = new(
        0.485f * 255, 0.456f * 255, 0.406f * 255, 0.229f * 255, 0.224f * 255, 0.225f * 255);

    /// <summary>0..255 as they are.</summary>
    public static PixelNormalization None { get; } = new(0, 0, 0, 1, 1, 1);
}
