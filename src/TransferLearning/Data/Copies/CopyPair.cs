using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Data.Copies;

/// <summary>Two images that show the same picture. Immutable.</summary>
/// <param name="First">The position of the one.</param>
/// <param name="Second">The position of the other.</param>
/// <param name="Orientation">How the second has to be turned to look like the first.</param>
/// <param name="Match">How well they agree.</param>
internal readonly record struct CopyPair(int First, int Second, Orientation Orientation, ThumbnailMatch Match);
