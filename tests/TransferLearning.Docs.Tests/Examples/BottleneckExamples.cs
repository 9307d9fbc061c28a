using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Examples;

internal static class BottleneckExamples
{
    public static void ReadBackbone()
    {
        // begin
        Backbone backbone = Backbone.FromFile("mobilenet_v2.onnx", new BackboneOptions { Resize = ResizeMode.CenterCrop });
        Console.WriteLine($"{backbone.Name}: {backbone.FeatureSize} features from {backbone.Preprocessing.Width} pixels");
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(backbone).Fit();
        // end
    }

    public static void ReadCatalog()
    {
        // begin
        var options = new CatalogOptions { Folder = "networks", From = "/media/mirror" };
        Backbone backbone = Backbone.FromCatalog("mobilenetv2-12", options);
        // end
    }

    public static async Task FetchAsync()
    {
        // begin
        BackboneCatalog catalog = BackboneCatalog.Open();
        string path = await catalog.FetchAsync("resnet50-v1-12");
        Console.WriteLine($"{catalog.Find("resnet50-v1-12").License}: {path}");
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(Backbone.FromCatalog("resnet50-v1-12")).Fit();
        // end
    }

    public static void Extract()
    {
        // begin
        var extractor = new BottleneckExtractor(Backbone.Compact, new BottleneckCache("cache/"));
        Extraction extraction = extractor.Extract(ImageDataset.Open("photos/"));
        ExtractionSummary summary = extraction.Summary;
        Console.WriteLine($"{summary.CacheHits} of {extraction.Images.Count} from the cache, in {summary.Seconds:0.0} s");
        ReadOnlySpan<float> first = extraction.Bottlenecks.Row(0);
        Console.WriteLine($"{first.Length} features of {extraction.Images.Images[0].Path}");
        // end
    }

    public static void Maintain()
    {
        // begin
        var cache = new BottleneckCache("cache/", new BottleneckCacheOptions { Precision = BottleneckPrecision.Half });
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithBottleneckCache(cache).Fit();
        foreach (BottleneckCacheFile file in cache.Verify())
        {
            Console.WriteLine($"{file.Backbone}: {file.Images} images, {file.Damaged} damaged, {file.Bytes / 1e6:0.0} MB");
        }

        Console.WriteLine($"{cache.Clear()} bytes freed");
        // end
    }
}
