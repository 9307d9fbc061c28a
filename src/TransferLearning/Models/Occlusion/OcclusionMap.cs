using TransferLearning.Imaging;

namespace TransferLearning.Models.Occlusion;

/// <summary>Where a network looked in an image. Immutable.</summary>
/// <param name="View">What the network saw: the image resized and cropped.</param>
/// <param name="Prediction">For the whole view.</param>
/// <param name="Drops">[Height, Width] of the view: by how much the probability of the predicted class drops where the place is hidden, the
/// mean over the patches that hide it; below 0 where it rises.</param>
internal sealed record OcclusionMap(RgbImage View, Prediction Prediction, float[] Drops);
