using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Strategies.PreTraining.Photos;

/// <summary>
/// Shrinks a decoded image to what training at an input size needs, so that many stay in memory: its shorter side becomes 8/7 of the
/// input's side, so that a crop of usual size still has the input's resolution. A smaller image stays as it is. Every view is made of the
/// shrunk image, whether it was kept or is decoded again: memory does not change the result.
/// </summary>
internal static class PhotoReduction
{
    /// <summary>The shorter side of a shrunk image.</summary>
    /// <param name="inputSize">The side of the network's input.</param>
    public static int ShorterSide(int inputSize) => ((inputSize * 8) + 6) / 7;

    /// <summary>The image, shrunk where it is larger.</summary>
    public static RgbImage Apply(RgbImage image, int inputSize)
    {
        int side = ShorterSide(inputSize), shorter = Math.Min(image.Width, image.Height);
        if (shorter <= side)
        {
            return image;
        }

        double scale = (double)side / shorter;
        return Thumbnail.Resize(image, new ImagePreprocessing
        {
            Width = Math.Max(side, (int)Math.Round(image.Width * scale)),
            Height = Math.Max(side, (int)Math.Round(image.Height * scale)),
        });
    }
}
