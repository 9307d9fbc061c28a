namespace TransferLearning.Imaging.Transforms;

/// <summary>How an image is resized to the input size of a network.</summary>
public enum ResizeMode
{
    /// <summary>Resizes both sides to the input size; the aspect ratio changes.</summary>
    Stretch,

    /// <summary>Crops the largest centered rectangle with the aspect ratio of the input, and resizes it.</summary>
    CenterCrop,

    /// <summary>
    /// Resizes the whole image, with its aspect ratio, to fit into the input, and centers it. The rest has the mean color of the
    /// normalization: it is 0 in the network's input.
    /// </summary>
    Pad,
}
