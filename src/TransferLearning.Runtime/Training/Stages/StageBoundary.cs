using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Stages;

/// <summary>A value between two stages of a network: all that follows depends on the image through it alone.</summary>
/// <param name="Value">The value's name.</param>
/// <param name="Shape">[1, channels, height, width].</param>
internal sealed record StageBoundary(string Value, Shape Shape);
