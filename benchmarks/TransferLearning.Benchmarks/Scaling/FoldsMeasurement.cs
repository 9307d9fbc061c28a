using System.Diagnostics;
using TransferLearning.Backbones;
using TransferLearning.Benchmarks.Endurance;
using TransferLearning.Heads;
using TransferLearning.Heads.Evidence;
using TransferLearning.Strategies;
using TransferLearning.Strategies.CrossValidation;

namespace TransferLearning.Benchmarks.Scaling;

/// <summary>
/// Measures what is left to do when the features of many images are in a merged cache: five folds with a model of all, and the evidence of
/// advice, for reports/scaling-out.md. Argument: the number of images.
/// </summary>
internal static class FoldsMeasurement
{
    private const int Folds = 5;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string text] || !int.TryParse(text, out int images))
        {
            error.WriteLine("usage: measure-folds IMAGES");
            return 1;
        }

        LabeledBottlenecks data = SyntheticFeatures.Create(images, seed: 2);
        var random = new Random(4);
        int[] foldOf = [.. Enumerable.Range(0, images).Select(_ => random.Next(Folds))];
        output.WriteLine(
            $"| work on {images} images with {SyntheticFeatures.Features} features and {SyntheticFeatures.Classes} classes | seconds |");
        output.WriteLine("| --- | --- |");
        Time("five folds, and a head on all images", () =>
        {
            var run = new StrategyRun(
                new TransferSettings { Retrainer = new SoftmaxRetrainer() }, Backbone.Compact, null, CancellationToken.None);
            var training = new FoldTraining(run, "images", data, [.. Enumerable.Range(0, images)]);
            TrainedFold[] folds = training.Train([new FoldDivision(Folds, foldOf, null)]);
            training.TrainOnAll(folds);
        });
        Time("the evidence of advice (LogME)", () => LogMe.Score(data, Environment.ProcessorCount, CancellationToken.None));
        return 0;

        void Time(string name, Action work)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            output.WriteLine(FormattableString.Invariant($"| {name} | {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} |"));
        }
    }
}
