using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Vision;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.MLNet.Vision;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Vision;

/// <summary>
/// Times one fit and ten folds on trashnet with MobileNetV2: ML.NET's trainer alone, this library with ML.NET's trainer, and this library
/// with its own trainer. Each starts from the image files with an empty cache, and trains at most 50 epochs at a constant rate of 0.005
/// in batches of 10.
/// </summary>
internal static class VisionMeasurement
{
    private const int Folds = 10;
    private const int Epochs = 50;
    private const double Rate = 0.005;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out int rounds) || rounds < 1)
        {
            error.WriteLine("usage: vision ROUNDS");
            return 1;
        }

        (string Name, Func<double> Measure)[] ways =
        [
            ("one fit, ImageClassificationTrainer alone", PlainFit),
            ("one fit, this library with ML.NET's trainer", () => Fit(Trainer())),
            ("one fit, this library with the softmax trainer", () => Fit(new SoftmaxRetrainer())),
            ($"{Folds} folds, ImageClassificationTrainer alone", PlainFolds),
            ($"{Folds} folds, this library with ML.NET's trainer", () => CrossValidate(Trainer())),
            ($"{Folds} folds, this library with the softmax trainer", () => CrossValidate(new SoftmaxRetrainer())),
        ];
        output.WriteLine("| what | seconds, median | all rounds | accuracy |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach ((string name, Func<double> measure) in ways)
        {
            double accuracy = 0;
            double[] seconds = [.. Enumerable.Range(0, rounds).Select(_ => Time(() => accuracy = measure()))];
            string all = string.Join(", ", seconds.Select(s => s.ToString("0.00", CultureInfo.InvariantCulture)));
            double median = seconds.Order().ElementAt(rounds / 2);
            output.WriteLine(FormattableString.Invariant($"| {name} | {median:0.00} | {all} | {accuracy:0.000} |"));
        }

        return 0;
    }

    private static double Time(Action action)
    {
        long began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static string NetworkFile() => SharedFiles.PathOf("models", "tensorflow", "mobilenet_v2.meta");

    private static ImageDataset Photos() => ImageDataset.FromFolder(SharedFiles.PathOf("data", "trashnet"));

    private static MLNetRetrainer Trainer() => new(MLNetRetrainerOptions.For(NetworkFile()) with
    {
        Epochs = Epochs,
        LearningRate = MLNetLearningRate.Constant(Rate),
    });

    private static double Fit(IRetrainer retrainer)
    {
        FineTuningResult result = TransferPipeline.FineTune(Photos())
            .WithBackbone(Backbone.FromFile(NetworkFile())).WithRetrainer(retrainer).WithoutBottleneckCache().Fit();
        result.Model.Dispose();
        return result.Metrics.Accuracy;
    }

    private static double CrossValidate(IRetrainer retrainer)
    {
        CrossValidationResult result = TransferPipeline.CrossValidate(Photos(), new CrossValidationOptions { Folds = Folds })
            .WithBackbone(Backbone.FromFile(NetworkFile())).WithRetrainer(retrainer).WithoutBottleneckCache().Fit();
        result.Model.Dispose();
        return result.MeanAccuracy;
    }

    private static double PlainFit()
    {
        MLContext context = PlainTrainer.Context(NetworkFile());
        IDataView photos = PlainTrainer.Load(context, Photos());
        DataOperationsCatalog.TrainTestData split = context.Data.TrainTestSplit(photos, testFraction: 0.2);
        using MulticlassPredictionTransformer<ImageClassificationModelParameters> model =
            PlainTrainer.Create(context, Epochs, Rate, split.TestSet).Fit(split.TrainSet);
        return context.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy;
    }

    private static double PlainFolds()
    {
        MLContext context = PlainTrainer.Context(NetworkFile());
        IDataView photos = PlainTrainer.Load(context, Photos());
        return context.MulticlassClassification.CrossValidate(photos, PlainTrainer.Create(context, Epochs, Rate, null), Folds)
            .Average(fold => fold.Metrics.MicroAccuracy);
    }
}
