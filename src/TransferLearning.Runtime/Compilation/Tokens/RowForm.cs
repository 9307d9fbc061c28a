namespace TransferLearning.Runtime.Compilation.Tokens;

/// <summary>What rows of channels are, as a value of the graph.</summary>
/// <param name="Height">The rows of pixels.</param>
/// <param name="Width">The pixels of a row.</param>
/// <param name="IsMap">Whether the value is a map [1, C, H, W]; else its last axis has the channels.</param>
internal sealed record RowForm(int Height, int Width, bool IsMap);
