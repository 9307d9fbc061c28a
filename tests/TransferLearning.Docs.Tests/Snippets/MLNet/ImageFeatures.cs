using Microsoft.ML;

namespace TransferLearning.Docs.Tests.Snippets.MLNet;

internal static class ImageFeatures
{
    public static void Run(IDataView photos)
    {
        // begin
        var mlContext = new MLContext(seed: 0);
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.ImageFeatures("Features", "Image"))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(photos);
        mlContext.Model.Save(model, photos.Schema, "model.zip");
        // end
    }
}
