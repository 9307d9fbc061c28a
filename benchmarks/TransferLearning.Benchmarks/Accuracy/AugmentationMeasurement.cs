using System.Globalization;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures what views of training images change in the accuracy of a head on frozen features: the table of reports/augmentation.md. A part
/// of each set is trained on, and all other images evaluate. Prints Markdown.
/// </summary>
internal static class AugmentationMeasurement
{
    private const int Seeds = 5;

    private static readonly string[] Sets = ["sign-digits", "trashnet"];
    private static readonly double[] TrainingParts = [0.05, 1.0 / 3];

    private static readonly (string Name, ImageAugmentation Augmentation, int Views)[] Augmentations =
    [
        ("flip, 2 views", ImageAugmentation.Flip, 2),
        ("photos, 2 views", ImageAugmentation.Photos, 2),
        ("photos, 4 views", ImageAugmentation.Photos, 4),
    ];

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string cache])
        {
            error.WriteLine("usage: measure-augmentation CACHE-FOLDER");
            return 1;
        }

        var sets = new SharedSets(cache);
        output.WriteLine("| set | training images | views | accuracy | difference | by seed | log loss |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (string set in Sets)
        {
            ImageDataset data = SharedSets.Open(set);
            foreach (double part in TrainingParts)
            {
                Fit[] plain = Measure(sets, data, part, null);
                output.WriteLine(Row(set, "none", plain, plain));
                foreach ((string name, ImageAugmentation augmentation, int views) in Augmentations)
                {
                    output.WriteLine(Row(set, name, Measure(sets, data, part, (augmentation, views)), plain));
                }
            }
        }

        return 0;
    }

    /// <summary>One fine-tuning per seed.</summary>
    private static Fit[] Measure(SharedSets sets, ImageDataset data, double part, (ImageAugmentation Augmentation, int Views)? augmented)
    {
        var fits = new Fit[Seeds];
        for (int seed = 1; seed <= Seeds; seed++)
        {
            TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(data)
                .WithBottleneckCache(sets.Cache).WithValidation(1 - part).WithSeed(seed);
            pipeline = augmented is { } given ? pipeline.WithAugmentation(given.Augmentation, given.Views) : pipeline;
            FineTuningResult result = pipeline.Fit();
            result.Model.Dispose();
            fits[seed - 1] = new Fit(result.TrainImages, result.Metrics.Accuracy, result.Metrics.LogLoss);
        }

        return fits;
    }

    private static string Row(string set, string views, Fit[] fits, Fit[] plain)
    {
        double[] differences = [.. fits.Zip(plain, (f, p) => 100 * (f.Accuracy - p.Accuracy))];
        double mean = differences.Average();
        double deviation = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (Seeds - 1));
        string difference = fits == plain ? "" : string.Create(CultureInfo.InvariantCulture, $"{mean:+0.0;-0.0} ± {deviation:0.0}");
        string bySeed = fits == plain
            ? ""
            : string.Join(", ", differences.Select(d => d.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {set} | {fits.Average(f => f.TrainImages):0} | {views} | {fits.Average(f => f.Accuracy):0.000} | {difference} | {bySeed} "
            + $"| {fits.Average(f => f.LogLoss):0.000} |");
    }

    /// <summary>One fine-tuning.</summary>
    private sealed record Fit(int TrainImages, double Accuracy, double LogLoss);
}
