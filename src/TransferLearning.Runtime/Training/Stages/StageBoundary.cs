using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Stages;

/// <summary>A value between two stages of a network: all that follows depends on the image through it alone.</summary>
/// <param name="Value">The value's name.</param>
/// <param name="Shape">[1, channels, height, width], [1, height, width, channels] or [1, tokens, channels].</param>
/// <param name="ChannelAxis">The axis of the channels: 1, or the last.</param>
internal sealed record StageBoundary(string Value, Shape Shape, int ChannelAxis)
{
    public int Channels => Shape[ChannelAxis];

    /// <summary>The number of pixels or tokens.</summary>
    public int Pixels => Shape.Length / Channels;

    /// <summary>Whether the channels are the last axis, and so next to each other.</summary>
    public bool IsChannelsLast => ChannelAxis == Shape.Rank - 1;

    /// <summary>The value as a map, [1, channels, height, width]: tokens have one row.</summary>
    public Shape MapShape => !IsChannelsLast ? Shape
        : Shape.Rank == 3 ? new Shape(1, Channels, 1, Shape[1])
        : new Shape(1, Channels, Shape[1], Shape[2]);
}
