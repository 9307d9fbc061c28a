using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class Predict
{
    public static void Run()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        Prediction prediction = model.Predict(File.ReadAllBytes("rose.jpg"));
        foreach (ScoredLabel label in prediction.Top(3))
        {
            Console.WriteLine($"{label.Label}: {label.Probability:P1}");
        }

        foreach (ImagePrediction image in model.PredictAll(ImageDataset.Open("photos/")))
        {
            Console.WriteLine($"{image.Path}: {image.Prediction?.Label ?? image.Error}");
        }
        // end
    }
}
