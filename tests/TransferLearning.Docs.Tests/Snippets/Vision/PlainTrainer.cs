using Microsoft.ML;
using Microsoft.ML.Vision;

namespace TransferLearning.Docs.Tests.Snippets.Vision;

internal static class PlainTrainer
{
    public static void Run(MLContext mlContext, IDataView photos)
    {
        // begin
        var options = new ImageClassificationTrainer.Options
        {
            FeatureColumnName = "Image",
            LabelColumnName = "Label",
            Arch = ImageClassificationTrainer.Architecture.MobilenetV2,
            Epoch = 100,
            LearningRate = 0.005f,
            WorkspacePath = "workspace/",
            ReuseTrainSetBottleneckCachedValues = true,
            ValidationSet = photos,
        };
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.ImageClassification(options))
            .Fit(photos);
        mlContext.Model.Save(model, photos.Schema, "model.zip");
        // end
    }
}
