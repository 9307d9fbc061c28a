using Microsoft.ML;
using TransferLearning.MLNet;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.MLNet;

internal static class ModelInPipeline
{
    public static void Run(IDataView photos)
    {
        // begin
        var mlContext = new MLContext();
        using TransferModel model = TransferModel.Load("flowers.onnx");
        TransferLearningTransformer transformer = model.ToTransformer(mlContext, TransferLearningImages.Paths);
        IDataView scored = transformer.Transform(photos);
        mlContext.Model.Save(transformer, photos.Schema, "flowers.zip");
        // end
        _ = scored;
    }
}
