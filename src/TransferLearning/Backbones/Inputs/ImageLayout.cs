namespace TransferLearning.Backbones.Inputs;

/// <summary>The order of the axes of a network's image input.</summary>
internal enum ImageLayout
{
    /// <summary>[N, 3, H, W], as PyTorch and ONNX have it.</summary>
    ChannelsFirst,

    /// <summary>[N, H, W, 3], as TensorFlow has it.</summary>
    ChannelsLast,
}
