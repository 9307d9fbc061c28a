using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Data.Copies;

/// <summary>Two images that may show the same picture. Immutable.</summary>
/// <param name="First">The position of the one.</param>
/// <param name="Second">The position of the other, which is larger.</param>
/// <param name="Orientation">How the second has to be turned.</param>
/// <param name="Correlation">Of their low frequencies, -1..1.</param>
internal readonly record struct CopyCandidate(int First, int Second, Orientation Orientation, float Correlation);
