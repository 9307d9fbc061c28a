using Microsoft.ML;
using Microsoft.ML.Vision;
using TransferLearning.Data;

namespace TransferLearning.Benchmarks.Vision;

/// <summary>ML.NET's image classification, as its users write it.</summary>
internal static class PlainTrainer
{
    /// <summary>A context that finds the network's file, so that the timing includes no download.</summary>
    public static MLContext Context(string networkFile)
    {
        string folder = Path.Combine(Path.GetTempPath(), "transferlearning-benchmark");
        Directory.CreateDirectory(Path.Combine(folder, "MLNET"));
        File.Copy(networkFile, Path.Combine(folder, "MLNET", "mobilenet_v2.meta"), overwrite: true);
        return new MLContext(seed: 0) { TempFilePath = folder };
    }

    public static IDataView Load(MLContext context, ImageDataset photos)
    {
        IDataView paths = context.Data.LoadFromEnumerable(photos.Images.Select(i => new Photo { Path = i.Path, Label = i.Label! }));
        IDataView keyed = context.Transforms.Conversion.MapValueToKey("Label").Fit(paths).Transform(paths);
        return context.Transforms.LoadRawImageBytes("Features", imageFolder: null, "Path").Fit(keyed).Transform(keyed);
    }

    public static ImageClassificationTrainer Create(MLContext context, int epochs, double rate, IDataView? validation) =>
        context.MulticlassClassification.Trainers.ImageClassification(new ImageClassificationTrainer.Options
        {
            Arch = ImageClassificationTrainer.Architecture.MobilenetV2,
            Epoch = epochs,
            LearningRate = (float)rate,
            LearningRateScheduler = null,
            ValidationSet = validation,
        });

    private sealed class Photo
    {
        public string Path { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
