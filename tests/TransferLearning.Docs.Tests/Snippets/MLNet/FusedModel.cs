using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using TransferLearning.MLNet;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.MLNet;

internal static class FusedModel
{
    public static void Run(MLContext mlContext, IDataView keyed, string[] classes)
    {
        // begin
        using ImageFeaturesTransformer features = mlContext.Transforms.ImageFeatures("Features", "Image").Fit(keyed);
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> classifier =
            mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(features.Transform(keyed));
        using TransferModel model = features.ToModel(classifier.Model, classes);
        model.Save("flowers.onnx");
        // end
    }
}
