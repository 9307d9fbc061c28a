using Microsoft.ML;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.MLNet;

internal static class ModelInPipeline
{
    public static void Run(MLContext mlContext, IDataView photos)
    {
        // begin
        ITransformer pipeline = mlContext.Transforms.ApplyTransferModel("flowers.onnx")
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(photos);
        mlContext.Model.Save(pipeline, photos.Schema, "flowers.zip");

        ITransformer loaded = mlContext.Model.Load("flowers.zip", out _);
        using TransferModel? model = loaded.FindTransferModel();
        Console.WriteLine(string.Join(", ", model!.Labels));
        // end
    }
}
