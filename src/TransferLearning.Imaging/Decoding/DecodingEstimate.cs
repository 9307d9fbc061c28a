namespace TransferLearning.Imaging;

/// <summary>What decoding an image takes. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Width">The columns that the file has.</param>
/// <param name="Height">The rows that the file has.</param>
/// <param name="Reduction">The factor by which the decoded image is smaller: 1, 2, 4 or 8.</param>
/// <param name="Bytes">The most memory that is in use while the image is decoded, in bytes, without the file itself.</param>
public readonly record struct DecodingEstimate(int Width, int Height, int Reduction, long Bytes);
