namespace TransferLearning.Runtime.Kernels;

/// <summary>The packed weights of 1 to 3 vectors of output channels.</summary>
/// <param name="Width">The number of channels.</param>
/// <param name="OutputChannel">The first of them.</param>
/// <param name="InputChannel">The first input channel of their group.</param>
/// <param name="WeightOffset">The offset of their weights, in floats.</param>
internal readonly record struct WeightPanel(int Width, int OutputChannel, int InputChannel, long WeightOffset);
