using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using TransferLearning.Benchmarks;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.MLNet.Benchmarks;

/// <summary>Measures a fit of four fifths or of all photos, ten folds, or single predictions, of one of the two ways.</summary>
internal static class FeaturizerMeasurement
{
    private const int Folds = 10;
    private const double TestFraction = 0.2;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not ["fit" or "fit-all" or "folds" or "predict", "mlnet" or "ours", var set, var seedText, var cache]
            || !int.TryParse(seedText, CultureInfo.InvariantCulture, out int seed))
        {
            error.WriteLine("usage: fit|fit-all|folds|predict mlnet|ours SET SEED CACHE-FOLDER");
            return 1;
        }

        var mlContext = new MLContext(seed);
        IDataView photos = Photos(mlContext, set);
        IEstimator<ITransformer> pipeline = arguments[1] == "mlnet"
            ? FeaturizerPipelines.OfMLNet(mlContext)
            : FeaturizerPipelines.OfThisLibrary(mlContext, new BottleneckCache(cache));
        string result = arguments[0] switch
        {
            "fit" => Fit(mlContext, pipeline, photos, seed),
            "fit-all" => Timed(() => pipeline.Fit(photos)).Time,
            "folds" => CrossValidate(mlContext, pipeline, photos),
            "predict" => Predict(mlContext, pipeline, photos, seed),
            var other => throw new ArgumentOutOfRangeException(nameof(arguments), other, null),
        };
        using var process = Process.GetCurrentProcess();
        output.WriteLine(FormattableString.Invariant(
            $"{arguments[0]} {arguments[1]} {set}: {result}, {process.PeakWorkingSet64 / 1e6:0} MB at most"));
        return 0;
    }

    private static IDataView Photos(MLContext mlContext, string set)
    {
        var data = ImageDataset.Open(SharedFiles.PathOf("data", set));
        return mlContext.Data.LoadFromEnumerable(data.Images.Where(i => i.Label is not null)
            .Select(i => new Photo { Image = i.Path, Label = i.Label! }).ToArray());
    }

    private static string Fit(MLContext mlContext, IEstimator<ITransformer> pipeline, IDataView photos, int seed)
    {
        DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(photos, TestFraction, seed: seed);
        (ITransformer? model, string time) = Timed(() => pipeline.Fit(split.TrainSet));
        double accuracy = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy;
        return FormattableString.Invariant($"{time}, accuracy {accuracy:0.000}");
    }

    private static string CrossValidate(MLContext mlContext, IEstimator<ITransformer> pipeline, IDataView photos)
    {
        // The label's key is part of the pipeline, but the metrics need it in the held-out rows: every fold makes its own.
        (double accuracy, string time) = Timed(() => mlContext.MulticlassClassification.CrossValidate(photos, pipeline, Folds)
            .Average(fold => fold.Metrics.MicroAccuracy));
        return FormattableString.Invariant($"{time}, accuracy {accuracy:0.000}");
    }

    private static string Predict(MLContext mlContext, IEstimator<ITransformer> pipeline, IDataView photos, int seed)
    {
        DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(photos, TestFraction, seed: seed);
        ITransformer model = pipeline.Fit(split.TrainSet);
        using PredictionEngine<Photo, ScoredPhoto> engine = mlContext.Model.CreatePredictionEngine<Photo, ScoredPhoto>(model);
        Photo[] test = [.. mlContext.Data.CreateEnumerable<Photo>(split.TestSet, reuseRowObject: false)];
        engine.Predict(test[0]);
        long began = Stopwatch.GetTimestamp();
        foreach (Photo photo in test[1..])
        {
            engine.Predict(photo);
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return FormattableString.Invariant($"{(test.Length - 1) / seconds:0.0} predictions/s");
    }

    private static (T Result, string Time) Timed<T>(Func<T> action)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan processorTime = process.TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        T result = action();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.Refresh();
        double processorSeconds = (process.TotalProcessorTime - processorTime).TotalSeconds;
        return (result, FormattableString.Invariant($"{seconds:0.00} s, {processorSeconds:0.00} s of processor time"));
    }
}
