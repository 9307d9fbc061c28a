using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures what training the last stages brings beside the head alone: the tables of reports/transfer.md. A seeded fifth of each set (or
/// its own validation part) evaluates; a part of the other images is learned from. Prints Markdown.
/// </summary>
internal static class UnfreezingMeasurement
{
    private const string Usage =
        "usage: measure-unfreezing CACHE-FOLDER SET [--part 0..1] [--seeds N] [--first-seed N] [--stages N] [--views N] "
        + "[--policy photos|flip] [--epochs N] [--rate R] [--network resnet18|FILE]";

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length < 2 || arguments.Length % 2 != 0)
        {
            error.WriteLine(Usage);
            return 1;
        }

        var given = arguments.Skip(2).Chunk(2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var sets = new SharedSets(arguments[0]);
        int seeds = (int)Number("--seeds", 5), first = (int)Number("--first-seed", 0), views = (int)Number("--views", 1);
        string network = given.GetValueOrDefault("--network", "resnet18");
        Backbone backbone = network == "resnet18" ? Backbone.ResNet18 : SharedSets.Network(network);
        ImageAugmentation policy =
            given.GetValueOrDefault("--policy", "photos") == "flip" ? ImageAugmentation.Flip : ImageAugmentation.Photos;
        var defaults = new NetworkTrainingOptions();
        var options = new FineTuningOptions
        {
            FalseRejectRate = null,
            UnfrozenStages = (int)Number("--stages", 1),
            StageTraining = defaults with
            {
                Epochs = (int)Number("--epochs", defaults.Epochs),
                LearningRate = Number("--rate", defaults.LearningRate!.Value),
            },
        };
        output.WriteLine(
            "| set | seed | training | validation | head alone | tuned | difference | kept | held out: head, tuned | epoch | seconds |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var differences = new List<double>();
        for (int seed = first; seed < first + seeds; seed++)
        {
            DatasetSplit split = SharedSets.Divide(SharedSets.Open(arguments[1]), seed);
            ImageDataset training = Part(split.Train, Number("--part", 1), seed);
            TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(training, options)
                .WithBackbone(backbone).WithBottleneckCache(sets.Cache).WithSeed(seed).WithValidation(split.Validation);
            FineTuningResult result = (views == 0 ? pipeline : pipeline.WithAugmentation(policy, views)).Fit(new EpochLines(error));
            result.Model.Dispose();
            StageTuningResult tuning = result.Tuning!;
            differences.Add(100 * (result.Metrics.Accuracy - tuning.HeadMetrics.Accuracy));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {arguments[1]} | {seed} | {result.TrainImages} | {result.ValidationImages} | {tuning.HeadMetrics.Accuracy:.000} "
                + $"| {result.Metrics.Accuracy:.000} | {differences[^1]:+0.0;-0.0} | {(tuning.IsKept ? "yes" : "no")} "
                + $"| {tuning.HeadAccuracy:.000} ({tuning.HeadLoss:.000}), {tuning.TunedAccuracy:.000} ({tuning.TunedLoss:.000}) "
                + $"| {tuning.BestEpoch} | {tuning.Seconds:0} |"));
            output.Flush();
        }

        double mean = differences.Average();
        double deviation = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / Math.Max(1, differences.Count - 1));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {arguments[1]} | all | | | | | {mean:+0.0;-0.0} ± {deviation:0.0}, "
            + $"lowest {differences.Min():+0.0;-0.0} | | | | |"));
        return 0;

        double Number(string name, double otherwise) =>
            given.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    /// <summary>Shows that a long measurement goes on.</summary>
    private sealed class EpochLines(TextWriter error) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            if (value is { Stage: TransferStage.TrainingNetwork, Network: null, Epoch: { } epoch })
            {
                error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{DateTime.UtcNow:HH:mm:ss} epoch {epoch.Epoch}: {epoch.TrainingLoss:0.000}, held out {epoch.HeldOutLoss:0.000} "
                    + $"{epoch.HeldOutAccuracy:.000}"));
            }
        }
    }

    /// <summary>A part of each class, by a seed.</summary>
    private static ImageDataset Part(ImageDataset data, double part, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        new Random(seed).Shuffle(rows);
        return data.Select([.. rows.GroupBy(r => data.LabelIndices[r]).SelectMany(c => c.Take((int)Math.Round(c.Count() * part))).Order()]);
    }
}
