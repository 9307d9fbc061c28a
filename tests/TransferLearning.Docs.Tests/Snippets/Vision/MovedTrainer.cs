using Microsoft.ML;
using TransferLearning;
using TransferLearning.MLNet.Vision;

namespace TransferLearning.Docs.Tests.Snippets.Vision;

internal static class MovedTrainer
{
    public static void Run(MLContext mlContext, IDataView photos)
    {
        // begin
        var retrainer = new MLNetRetrainer(MLNetRetrainerOptions.For("mobilenet_v2.meta") with
        {
            Epochs = 100,
            LearningRate = MLNetLearningRate.Constant(0.005),
        });
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.TransferLearning(
                images => TransferPipeline.FineTune(images).WithRetrainer(retrainer).Fit().Model))
            .Fit(photos);
        mlContext.Model.Save(model, photos.Schema, "model.zip");
        // end
    }
}
