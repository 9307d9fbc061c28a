using TransferLearning;
using TransferLearning.Evaluation;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class CrossValidate
{
    public static void Run()
    {
        // begin
        var options = new CrossValidationOptions { Folds = 5, Repeats = 2 };
        CrossValidationResult result = TransferPipeline.CrossValidate("photos/", options).Fit();
        ConfidenceInterval interval = result.AccuracyInterval();
        Console.WriteLine($"accuracy {result.Accuracy:P1}, with 95% confidence in {interval.Lower:P1} .. {interval.Upper:P1}");
        foreach (LabelError error in result.OutOfFold.LabelErrors)
        {
            Console.WriteLine($"{error.Image.Path} is labeled {error.Image.Label}, but looks like {error.Suggested}");
        }

        result.Model.Save("photos.onnx");
        // end
    }
}
