namespace TransferLearning.Runtime.Kernels;

/// <summary>Rows of pixels at regular distances.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="RowStride">The distance between rows, in floats.</param>
/// <param name="Columns">The number of pixels per row.</param>
/// <param name="PixelStride">The distance between the pixels of a row, in floats.</param>
internal readonly record struct PixelBlock(nint Rows, nint RowStride, nint Columns, nint PixelStride);
