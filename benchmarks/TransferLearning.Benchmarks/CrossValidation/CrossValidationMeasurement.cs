using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TransferLearning.Backbones;
using TransferLearning.Benchmarks.Accuracy;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.CrossValidation;

/// <summary>Measures the figures of benchmarks/reports/cross-validation.md: cost, agreement with scikit-learn, label errors.</summary>
internal static class CrossValidationMeasurement
{
    private static readonly string[] Sets = ["hymenoptera", "trashnet", "sign-digits", "concrete-cracks", "flowers-small"];

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        switch (arguments)
        {
            case ["cost", string rounds]:
                MeasureCost(int.Parse(rounds, CultureInfo.InvariantCulture), output);
                return 0;
            case ["folds", string folder]:
                WriteFolds(folder, output);
                return 0;
            case ["label-errors", string seeds]:
                FindLabelErrors(int.Parse(seeds, CultureInfo.InvariantCulture), output);
                return 0;
            default:
                error.WriteLine("usage: cross-validation cost ROUNDS | folds FOLDER | label-errors SEEDS");
                return 1;
        }
    }

    /// <summary>
    /// Times a fine-tuning and a cross-validation of ten folds in turn, from reading the photos to the model. The first round is a warm-up.
    /// </summary>
    private static void MeasureCost(int rounds, TextWriter output)
    {
        for (int round = 0; round <= rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            FineTuningResult tuned = TransferPipeline
                .FineTune(Open("trashnet")).WithBackbone(Backbone.Compact).WithoutBottleneckCache().Fit();
            double tuning = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            CrossValidationResult crossed = TransferPipeline
                .CrossValidate(Open("trashnet"), new CrossValidationOptions { Folds = 10 })
                .WithBackbone(Backbone.Compact).WithoutBottleneckCache().Fit();
            double crossing = Stopwatch.GetElapsedTime(start).TotalSeconds;
            output.WriteLine(FormattableString.Invariant(
                $"round {round}: fine-tune {tuning:0.00} s ({tuned.Extraction.Seconds:0.00} extracting), ")
                + FormattableString.Invariant($"10 folds {crossing:0.00} s ({crossed.Extraction.Seconds:0.00} extracting), ")
                + FormattableString.Invariant($"ratio {crossing / tuning:0.000}, ")
                + FormattableString.Invariant($"accuracy {crossed.MeanAccuracy:0.0000} +- {crossed.StdAccuracy:0.0000}"));
            tuned.Model.Dispose();
            crossed.Model.Dispose();
        }
    }

    /// <summary>
    /// Writes for each set NAME.f32 (features, row by row) and NAME.csv (label,fold), and prints a line with the accuracy of a head with
    /// the objective of scikit-learn's LogisticRegression with C = 1; sklearn_folds.py reads them.
    /// </summary>
    private static void WriteFolds(string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        foreach (string set in Sets)
        {
            // For two classes, scikit-learn has one vector of weights: the difference of ours, whose squares sum to half of its square.
            ImageDataset data = Open(set);
            var options = new SoftmaxRetrainerOptions { L2 = data.Labels.Count == 2 ? 2 : 1, FeatureScaling = FeatureScaling.None };
            CrossValidationResult result = TransferPipeline.CrossValidate(data, new CrossValidationOptions { Folds = 10 })
                .WithBackbone(Backbone.Compact).WithRetrainer(new SoftmaxRetrainer(options)).Fit();
            OutOfFoldPredictions predictions = result.OutOfFold;
            var extractor = new BottleneckExtractor(
                Backbone.Compact, new BottleneckCache(BottleneckCache.DefaultDirectory));
            BottleneckMatrix features = extractor.Extract(predictions.Images).Bottlenecks;
            File.WriteAllBytes(Path.Combine(folder, $"{set}.f32"), MemoryMarshal.AsBytes(features.Values));
            File.WriteAllLines(
                Path.Combine(folder, $"{set}.csv"),
                Enumerable.Range(0, features.Count).Select(i => $"{predictions.Images.LabelIndices[i]},{predictions.Folds[i]}"));
            output.WriteLine(FormattableString.Invariant($"{set},{features.Count},{features.FeatureSize},{result.MeanAccuracy:0.000000}"));
            result.Model.Dispose();
        }
    }

    /// <summary>Gives 5 % of trashnet's images another label, and counts how many of them are reported as label errors.</summary>
    private static void FindLabelErrors(int seeds, TextWriter output)
    {
        Backbone[] backbones =
            [Backbone.Compact, SharedSets.Network("mobilenet_v2_1.0_224")];
        foreach (Backbone backbone in backbones)
        {
            for (int seed = 0; seed < seeds; seed++)
            {
                ImageDataset data = Open("trashnet");
                HashSet<int> flipped = Flip(data, seed, out ImageDataset wrong);
                CrossValidationResult result = TransferPipeline
                    .CrossValidate(wrong, new CrossValidationOptions { Folds = 10 }).WithBackbone(backbone).WithSeed(seed).Fit();
                int found = result.OutOfFold.LabelErrors.Count(e => flipped.Contains(e.Position));
                int reported = result.OutOfFold.LabelErrors.Count;
                output.WriteLine(FormattableString.Invariant(
                    $"{backbone.Name}, seed {seed}: {flipped.Count} flipped, {reported} reported, {found} of them flipped; ")
                    + FormattableString.Invariant($"recall {(double)found / flipped.Count:0.000}, ")
                    + FormattableString.Invariant($"precision {(double)found / reported:0.000}"));
                result.Model.Dispose();
            }
        }
    }

    private static HashSet<int> Flip(ImageDataset data, int seed, out ImageDataset wrong)
    {
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        random.Shuffle(order);
        HashSet<int> flipped = [.. order.Take((int)Math.Round(0.05 * data.Count))];
        wrong = ImageDataset.FromImages(data.Images.Select((image, i) => flipped.Contains(i)
            ? image.WithLabel(data.Labels[(data.LabelIndices[i] + random.Next(1, data.Labels.Count)) % data.Labels.Count])
            : image));
        return flipped;
    }

    private static ImageDataset Open(string set) => ImageDataset.FromFolder(SharedFiles.PathOf("data", set));
}
