using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Examples;

internal static class ModelExamples
{
    public static void Save()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
        result.Model.Save("flowers.onnx");
        result.Model.Save("flowers-small.onnx", new ModelSaveOptions { Weights = WeightPrecision.Float16 });
        // end
    }

    public static void Load()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        Prediction prediction = model.Predict("rose.jpg");
        Console.WriteLine($"{prediction.Label}: {prediction.Probability:P1}");
        // end
    }

    public static void Describe()
    {
        // begin
        ModelDescription model = TransferModel.DescribeFile("flowers.onnx");
        Console.WriteLine($"{model.Labels.Count} classes, {model.Backbone}, accuracy {model.Figures.Accuracy:P1}");
        File.WriteAllText("flowers.md", model.ToModelCard());
        // end
    }

    public static void Predict()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        Prediction prediction = model.Predict("rose.jpg");
        foreach ((string label, float probability) in prediction.Top(3))
        {
            Console.WriteLine($"{label}: {probability:P1}");
        }

        if (prediction.IsUnknown)
        {
            Console.WriteLine("The image seems to be of none of the classes.");
        }
        // end
    }

    public static async Task PredictAsync()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        await model.WarmUpAsync();
        await using FileStream photo = File.OpenRead("rose.jpg");
        Prediction prediction = await model.PredictAsync(photo);
        // end
    }

    public static void Evaluate()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        ModelEvaluation evaluation = model.Evaluate(ImageDataset.Open("photos-large/"));
        Console.WriteLine($"accuracy {evaluation.Metrics.Accuracy:P1}, macro F1 {evaluation.Metrics.MacroF1:0.000}");
        // end
    }

    public static void Label()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        DatasetLabels labels = model.Label(ImageDataset.Open("photos-large/"));
        using StreamWriter rows = File.CreateText("labels.csv");
        labels.WriteCsv(rows, top: 3);
        Console.WriteLine($"{labels.Images.Count} images labeled, agreement {labels.Agreement?.Agreement:P1}");
        // end
    }
}
