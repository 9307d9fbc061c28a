using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Inference;

namespace TransferLearning.OnnxRuntime.Tests;

/// <summary>Compares the features of both engines.</summary>
internal static class Parity
{
    /// <summary>The largest difference between features of two engines, as a share of the largest feature of the image.</summary>
    private const float Tolerance = 1e-4f;

    /// <summary>Extracts the features of photos by both engines, and compares them.</summary>
    public static void ShouldHoldFor(Backbone backbone, string[] photos)
    {
        var images = ImageDataset.FromFiles(photos);

        BottleneckMatrix embedded = Extract(backbone, images, EmbeddedEngine.Instance);
        BottleneckMatrix onnxRuntime = Extract(backbone, images, OnnxRuntimeEngine.Cpu());

        onnxRuntime.Count.ShouldBe(photos.Length);
        for (int i = 0; i < photos.Length; i++)
        {
            float[] expected = [.. embedded.Row(i)], actual = [.. onnxRuntime.Row(i)];
            float largest = expected.Max(Math.Abs);
            largest.ShouldBeGreaterThan(0, photos[i]);
            actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(Tolerance * largest, $"{backbone.Name}, {photos[i]}");
        }
    }

    /// <summary>The features of images, without a cache.</summary>
    public static BottleneckMatrix Extract(Backbone backbone, ImageDataset images, INetworkEngine engine, int threads = 0) =>
        new BottleneckExtractor(backbone, null, new ExtractionOptions { Engine = engine, Threads = threads }).Extract(images).Bottlenecks;
}
