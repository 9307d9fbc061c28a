namespace TransferLearning.Models;

/// <summary>How many images of a data set a model was trained on. Immutable.</summary>
/// <remarks>
/// Thread-safe. Images are the same if their files have the same bytes; an image that was saved again or resized is another one.
/// </remarks>
/// <param name="Found">The number of images that the model was trained on.</param>
/// <param name="Compared">
/// The number of images that were looked up. It is lower than that of all images only where the model was trained on more than 100,000
/// images: it then keeps the hashes of 100,000 of them, and images are looked up whose hashes are in that range.
/// </param>
public sealed record TrainingOverlap(int Found, int Compared)
{
    /// <summary>What the user should know; null where the model was trained on none of the images.</summary>
    internal string? Warning => Found == 0 ? null
        : $"{Found} of {Compared} images were in the training data of this model: the accuracy says nothing about new photos";
}
