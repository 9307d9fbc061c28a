using Microsoft.ML;

namespace TransferLearning.Docs.Tests.Snippets.Featurizer;

internal static class FeaturizerAfter
{
    public static ITransformer Run(MLContext mlContext, IDataView photos)
    {
        // begin
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.ImageFeatures("Features", "Image"))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Fit(photos);
        // end
        return model;
    }
}
