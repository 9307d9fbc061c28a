using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Tests;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>A small model with all its parts, saved in each precision.</summary>
internal static class ModelSeeds
{
    private const int ImagesPerClass = 12;

    public static IEnumerable<byte[]> All()
    {
        using TransferModel model = TransferPipeline.FineTune(Data()).WithTinyBackbone().WithSeed(1).Fit().Model;
        foreach (WeightPrecision precision in Enum.GetValues<WeightPrecision>())
        {
            using var stream = new MemoryStream();
            model.Save(stream, new ModelSaveOptions { Weights = precision });
            yield return stream.ToArray();
        }
    }

    /// <summary>Images of two classes: smooth ones and noise.</summary>
    private static ImageDataset Data() => ImageDataset.FromImages(Enumerable.Range(0, 2 * ImagesPerClass).Select(i =>
    {
        RgbImage picture = i % 2 == 0 ? TestImages.Smooth(32, 32, i) : TestImages.Noise(32, 32, i);
        return LabeledImage.FromBytes(PngEncoder.Encode(picture), i % 2 == 0 ? "smooth" : "noise", $"{i}.png");
    }));
}
