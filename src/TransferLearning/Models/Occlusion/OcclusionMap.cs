using TransferLearning.Imaging;

namespace TransferLearning.Models.Occlusion;

/// <summary>The parts of an image that a prediction rests on. Immutable.</summary>
/// <param name="View">What the network saw: the image, resized and cropped.</param>
/// <param name="Prediction">The prediction for the whole view.</param>
/// <param name="Drops">
/// [Height, Width] of the view. For each pixel, by how much the probability of the predicted class drops while the pixel is hidden: the
/// mean over the patches that hide it. Below 0 where the probability rises.
/// </param>
internal sealed record OcclusionMap(RgbImage View, Prediction Prediction, float[] Drops);
