using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>Where the images of a map, or of its gradient, are read or written.</summary>
/// <param name="origin">The first pixel of the first image.</param>
/// <param name="layout">The layout of each image.</param>
internal readonly unsafe struct MapView(float* origin, FeatureMapLayout layout)
{
    public float* Origin { get; } = origin;

    public FeatureMapLayout Layout { get; } = layout;

    public float* ImageAt(int image) => Origin + ((nint)image * Layout.Length);

    /// <summary>A pixel of the first image, by its number in the order of rows.</summary>
    public float* PixelAt(int pixel) =>
        Origin + ((nint)(pixel / Layout.Width) * Layout.RowStride) + ((nint)(pixel % Layout.Width) * Layout.PixelStride);
}
