using Microsoft.ML;
using TransferLearning.MLNet;

namespace TransferLearning.Docs.Tests.Snippets.MLNet;

internal static class CrossValidated
{
    public static void Run(MLContext mlContext, IDataView photos)
    {
        // begin
        IDataView keyed = mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(photos).Transform(photos);
        IReadOnlyList<TransferCrossValidationResult> folds =
            mlContext.MulticlassClassification.TransferCrossValidate(keyed, numberOfFolds: 10);
        foreach (TransferCrossValidationResult fold in folds)
        {
            Console.WriteLine($"fold {fold.Fold}: accuracy {fold.Metrics.MicroAccuracy:P1}, log loss {fold.Metrics.LogLoss:0.000}");
            fold.Model.Dispose();
        }
        // end
    }
}
