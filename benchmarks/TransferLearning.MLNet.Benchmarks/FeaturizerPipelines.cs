using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;

namespace TransferLearning.MLNet.Benchmarks;

/// <summary>The same classifier in two ways: features of the same ResNet-18, and ML.NET's L-BFGS on them.</summary>
internal static class FeaturizerPipelines
{
    /// <summary>As ML.NET's documentation writes it; the features are kept in memory, or each pass would run the network again.</summary>
    public static IEstimator<ITransformer> OfMLNet(MLContext mlContext) => mlContext.Transforms.Conversion.MapValueToKey("Label")
        .Append(mlContext.Transforms.LoadImages("Pixels", imageFolder: "", nameof(Photo.Image)))
        .Append(mlContext.Transforms.ResizeImages("Pixels", imageWidth: 224, imageHeight: 224))
        .Append(mlContext.Transforms.ExtractPixels("Pixels"))
        .Append(mlContext.Transforms.DnnFeaturizeImage(
            "Features",
            featurizer => featurizer.ModelSelector.ResNet18(mlContext, featurizer.OutputColumn, featurizer.InputColumn),
            "Pixels"))
        .AppendCacheCheckpoint(mlContext)
        .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());

    /// <summary>The same with this library's features.</summary>
    public static IEstimator<ITransformer> OfThisLibrary(MLContext mlContext, BottleneckCache cache) => mlContext.Transforms.Conversion
        .MapValueToKey("Label")
        .Append(mlContext.Transforms.ImageFeatures("Features", nameof(Photo.Image), Backbone.ResNet18, cache))
        .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
}
