namespace TransferLearning.Runtime.Kernels;

/// <summary>Rows of pixels at regular distances, which count floats.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="RowStride">From row to row.</param>
/// <param name="Columns">How many pixels of each row.</param>
/// <param name="PixelStride">From pixel to pixel of a row.</param>
internal readonly record struct PixelBlock(nint Rows, nint RowStride, nint Columns, nint PixelStride);
