using Microsoft.ML;

namespace TransferLearning.Docs.Tests.Snippets.Featurizer;

internal static class FeaturizerBefore
{
    public static ITransformer Run(MLContext mlContext, IDataView photos)
    {
        // begin
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.LoadImages("Pixels", imageFolder: "photos/", "Image"))
            .Append(mlContext.Transforms.ResizeImages("Pixels", imageWidth: 224, imageHeight: 224))
            .Append(mlContext.Transforms.ExtractPixels("Pixels"))
            .Append(mlContext.Transforms.DnnFeaturizeImage(
                "Features",
                featurizer => featurizer.ModelSelector.ResNet18(mlContext, featurizer.OutputColumn, featurizer.InputColumn),
                "Pixels"))
            .AppendCacheCheckpoint(mlContext)
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Fit(photos);
        // end
        return model;
    }
}
