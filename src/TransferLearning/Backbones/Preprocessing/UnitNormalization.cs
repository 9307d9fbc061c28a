using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>Normalizations of values that were scaled before, as torchvision, timm and Hugging Face write them.</summary>
internal static class UnitNormalization
{
    private const float PixelMax = 255;

    /// <summary>
    /// (factor * value - offset - mean) / deviation over pixel values 0..255. torchvision's means and deviations with the factor 1 / 255
    /// give exactly <see cref="PixelNormalization.Torchvision"/>.
    /// </summary>
    /// <param name="means">Red, green, blue.</param>
    /// <param name="deviations">Red, green, blue; not 0.</param>
    /// <param name="factor">The factor, above 0.</param>
    /// <param name="offset">What is subtracted from the product.</param>
    public static PixelNormalization Of(
        IReadOnlyList<double> means, IReadOnlyList<double> deviations, double factor = 1 / (double)PixelMax, double offset = 0)
    {
        float range = Range(factor);
        float Mean(int c) => (float)(means[c] + offset) * range;
        float Scale(int c) => (float)deviations[c] * range;
        return new PixelNormalization(Mean(0), Mean(1), Mean(2), Scale(0), Scale(1), Scale(2));
    }

    /// <summary>Files round the factor 1 / 255 to some digits.</summary>
    private static float Range(double factor) => Math.Abs((factor * PixelMax) - 1) < 1e-5 ? PixelMax : (float)(1 / factor);
}
