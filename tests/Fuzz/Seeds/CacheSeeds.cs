using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;
using TransferLearning.Tests;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>Files of bottlenecks of a few pictures.</summary>
internal static class CacheSeeds
{
    /// <summary>The pictures whose features a cache holds.</summary>
    public static IReadOnlyList<RgbImage> Pictures { get; } = [TestImages.Smooth(8, 8), TestImages.Noise(8, 8)];

    public static IEnumerable<byte[]> All()
    {
        yield return Create(Pictures);
        yield return Create([Pictures[0]]);
        yield return Create([.. Enumerable.Range(1, 6).Select(i => TestImages.Noise(8, 8, i))]);
    }

    /// <summary>Pictures as the images of a data set.</summary>
    public static IEnumerable<LabeledImage> ImagesOf(IEnumerable<RgbImage> pictures) =>
        pictures.Select((p, i) => LabeledImage.FromBytes(PngEncoder.Encode(p), null, $"{i}.png"));

    private static byte[] Create(IReadOnlyList<RgbImage> pictures)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("transferlearning-fuzz-");
        try
        {
            var cache = new BottleneckCache(folder.FullName);
            var extractor = new BottleneckExtractor(TinyBackbone.Value, cache, new ExtractionOptions { Threads = 1 });
            extractor.Extract(ImageDataset.FromImages(ImagesOf(pictures)));
            return File.ReadAllBytes(Path.Combine(folder.FullName, TinyBackbone.Value.Fingerprint + CacheFolder.FeaturesExtension));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
