using TransferLearning.Data;
using TransferLearning.Imaging;

namespace TransferLearning.Inference;

/// <summary>
/// Receives the results of an <see cref="ImageInference"/>. Several threads call it at a time, but only one for each image.
/// </summary>
internal interface IInferenceSink
{
    /// <summary>Reads the bytes of an image; null if its output need not be computed.</summary>
    byte[]? Read(int index, LabeledImage image);

    /// <summary>Receives the pixels of an image that was read, and says what runs through the network: the image itself, or views of
    /// it.</summary>
    /// <returns>Each view with its number. They are made one after the other, so that only one takes memory.</returns>
    IEnumerable<(int View, RgbImage Pixels)> Decoded(int index, RgbImage image);

    /// <summary>Receives the output of the network for a view of an image. The span is valid during the call only.</summary>
    void Computed(int index, int view, ReadOnlySpan<float> output);

    /// <summary>Receives the reason why an image cannot be read or decoded.</summary>
    void Failed(int index, string reason);

    /// <summary>Adds to the number of images finished, usable or not.</summary>
    void Finished(int images);
}
