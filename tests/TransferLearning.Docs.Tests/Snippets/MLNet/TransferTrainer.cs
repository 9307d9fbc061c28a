using Microsoft.ML;
using TransferLearning.MLNet;

namespace TransferLearning.Docs.Tests.Snippets.MLNet;

internal static class TransferTrainer
{
    public static void Run(MLContext mlContext, IDataView photos)
    {
        // begin
        var options = new TransferLearningOptions { CrossValidation = new() { Folds = 10 }, SamplingKeyColumnName = "Person" };
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.TransferLearning(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(photos);
        mlContext.Model.Save(model, photos.Schema, "model.zip");
        // end
    }
}
