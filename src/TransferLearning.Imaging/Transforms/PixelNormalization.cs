namespace TransferLearning.Imaging.Transforms;

/// <summary>
/// Maps pixel values 0..255 to network inputs: (value - mean) / scale, separately for red, green and blue, in the channel order that the
/// network expects. Immutable.
/// </summary>
/// <remarks>Thread-safe. Only numbers: there is nothing to dispose of.</remarks>
/// <param name="MeanR">The mean of red, 0..255.</param>
/// <param name="MeanG">The mean of green, 0..255.</param>
/// <param name="MeanB">The mean of blue, 0..255.</param>
/// <param name="ScaleR">The scale of red; not 0.</param>
/// <param name="ScaleG">The scale of green; not 0.</param>
/// <param name="ScaleB">The scale of blue; not 0.</param>
public sealed record PixelNormalization(float MeanR, float MeanG, float MeanB, float ScaleR, float ScaleG, float ScaleB)
{
    /// <summary>
    /// The order of the channels in the network's input. Means and scales belong to colors, whatever the order. Default:
    /// <see cref="ChannelOrder.Rgb"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a <see cref="Transforms.ChannelOrder"/>.</exception>
    public ChannelOrder ChannelOrder
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"a channel order is one of {string.Join(", ", Enum.GetNames<ChannelOrder>())}");
    }

    = ChannelOrder.Rgb;

    /// <summary>
    /// (x / 255 - mean) / deviation, with ImageNet's means .485, .456, .406 and standard deviations .229, .224, .225: networks from
    /// torchvision, and most from timm and Hugging Face.
    /// </summary>
    public static PixelNormalization Torchvision { get; } = new(
        0.485f * 255, 0.456f * 255, 0.406f * 255, 0.229f * 255, 0.224f * 255, 0.225f * 255);

    /// <summary>x / 127.5 - 1, which is -1..1: MobileNet, Inception and others trained with TensorFlow.</summary>
    public static PixelNormalization Inception { get; } = new(127.5f, 127.5f, 127.5f, 127.5f, 127.5f, 127.5f);

    /// <summary>x / 255, which is 0..1.</summary>
    public static PixelNormalization ZeroToOne { get; } = new(0, 0, 0, 255, 255, 255);

    /// <summary>0..255 minus the means 104, 117, 123 of blue, green and red, in this order: networks from Caffe.</summary>
    public static PixelNormalization Caffe { get; } = new(123, 117, 104, 1, 1, 1) { ChannelOrder = ChannelOrder.Bgr };

    /// <summary>0..255, unchanged.</summary>
    public static PixelNormalization None { get; } = new(0, 0, 0, 1, 1, 1);
}
