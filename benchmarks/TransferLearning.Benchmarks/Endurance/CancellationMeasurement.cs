using System.Diagnostics;
using System.Globalization;
using TransferLearning.Advice;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Heads.Evidence;
using TransferLearning.OutOfDistribution;
using TransferLearning.PseudoLabeling;
using TransferLearning.Strategies;
using TransferLearning.Strategies.CrossValidation;
using TransferLearning.Strategies.ParallelTraining;

namespace TransferLearning.Benchmarks.Endurance;

/// <summary>
/// Measures for reports/long-runs.md how long training goes on after it is canceled, with 40,000 rows of 512 features: each kind of work is
/// canceled at random moments of its time. Arguments: the number of moments per kind (default: 20); a part of the names of the kinds.
/// </summary>
internal static class CancellationMeasurement
{
    private const int Rows = 40_000;
    private const int ValidationRows = 10_000;
    private const int Folds = 5;

    // Longer work is canceled in its first minute only.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static int Run(string[] arguments, TextWriter output)
    {
        int moments = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20;
        string named = arguments.Length > 1 ? arguments[1] : "";
        var random = new Random(19);
        output.WriteLine($"| work on {Rows:#,0} rows | seconds | canceled at | longest delay, s | median, s |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach ((string name, Action<CancellationToken> work) in Works().Where(w => w.Name.Contains(named, StringComparison.Ordinal)))
        {
            double seconds = Delay(work, Limit).Total;
            double[] delays =
            [
                .. Enumerable.Range(0, moments).Select(_ => Delay(work, TimeSpan.FromSeconds(seconds * random.NextDouble())).AfterCancel)
                    .Order(),
            ];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {seconds:0.0} | {moments} moments | {delays[^1]:0.00} | {delays[moments / 2]:0.00} |"));
        }

        return 0;
    }

    private static (double Total, double AfterCancel) Delay(Action<CancellationToken> work, TimeSpan cancelAfter)
    {
        long start = Stopwatch.GetTimestamp(), canceled = long.MaxValue;
        using var cancellation = new CancellationTokenSource();
        using CancellationTokenRegistration noted = cancellation.Token.Register(() => canceled = Stopwatch.GetTimestamp());
        cancellation.CancelAfter(cancelAfter);
        try
        {
            work(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            // What cross-validation and advice do.
        }

        long end = Stopwatch.GetTimestamp();
        return (Stopwatch.GetElapsedTime(start, end).TotalSeconds,
            end > canceled ? Stopwatch.GetElapsedTime(canceled, end).TotalSeconds : 0);
    }

    private static IEnumerable<(string Name, Action<CancellationToken> Work)> Works()
    {
        LabeledBottlenecks data = SyntheticFeatures.Create(Rows, seed: 2), validation = SyntheticFeatures.Create(ValidationRows, seed: 3);
        var split = new LabeledSplit("rows", data, validation);
        LinearHead start = new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 10, Epochs = 3 }).Retrain(data, null, new()).Head;
        foreach (HeadOptimizer optimizer in Enum.GetValues<HeadOptimizer>())
        {
            foreach (double? l2 in (double?[])[null, 1])
            {
                var retrainer = new SoftmaxRetrainer(new SoftmaxRetrainerOptions { Optimizer = optimizer, L2 = l2 });
                string name = $"{optimizer}, {(l2 is null ? "penalty chosen" : "penalty given")}";
                yield return (name, token => Run(token, retrainer).Train(split, Held(Run(token, retrainer))));
                yield return ($"{name}, from a head", token =>
                    Run(token, retrainer).Train(split, Held(Run(token, retrainer)) with { InitialHead = start }));
            }
        }

        var random = new Random(4);
        int[] foldOf = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(Folds))], separable = [.. Enumerable.Range(0, Rows)];
        yield return ("cross-validation", token => CrossValidate(Run(token), data, foldOf, separable));
        LabeledBottlenecks small = data.Select([.. Enumerable.Range(0, 1000)]);
        yield return ("parallel training", token => TrainInParallel(Run(token), small, validation, data));
        yield return ("detector of unknown images", token => OutOfDistributionDetector.Fit(data, validation, null, 0.05, 0, token));
        yield return ("detector by folds", token => OutOfDistributionDetector.Fit(data, foldOf, 0.05, 0, token));
        yield return ("evidence and similarity", token =>
        {
            LogMe.Score(data, Environment.ProcessorCount, token);
            TaskSimilarity.Measure(data, token);
        }
        );
        yield return ("learning curve", token =>
        {
            var folds = new HeadCrossValidation(
                data, new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 10 }), Run(token).Context);
            folds.Run(0.5, 0);
            folds.Run(1, 0);
        }
        );
    }

    private static RetrainingContext Held(StrategyRun run) => run.Context with { PredictsHeldOut = true };

    private static StrategyRun Run(CancellationToken token, SoftmaxRetrainer? retrainer = null) =>
        new(new TransferSettings { Retrainer = retrainer ?? new SoftmaxRetrainer() }, Backbone.Compact, null, token);

    private static void CrossValidate(StrategyRun run, LabeledBottlenecks data, int[] foldOf, int[] separable)
    {
        var training = new FoldTraining(run, "rows", data, separable);
        TrainedFold[] folds = training.Train([new FoldDivision(Folds, foldOf, null)]);
        training.TrainOnAll(folds);
        OutOfFoldCalibration.Of(data, folds, run.Threads, run.Context.CancellationToken);
    }

    private static void TrainInParallel(
        StrategyRun run, LabeledBottlenecks small, LabeledBottlenecks validation, LabeledBottlenecks larger)
    {
        var options = new ParallelTrainingOptions();
        var training = new SegmentTraining(run, options);
        var labeled = new LabeledSplit("small", small, validation);
        RetrainedHead alone = training.Train(labeled);
        PseudoLabels labels =
            PseudoLabeler.Label(
                alone.Head, small, larger.Bottlenecks, new bool[larger.Bottlenecks.Count], run.Threads, run.Context.CancellationToken);
        SegmentDivision[] divisions =
        [
            .. Enumerable.Range(0, options.Segments).Select(s => new SegmentDivision(
                $"{s + 1}",
                [.. Enumerable.Range(0, larger.Count).Where(i => i % options.Segments == s && i % 5 != 0)],
                [.. Enumerable.Range(0, larger.Count).Where(i => i % options.Segments == s && i % 5 == 0)])),
        ];
        IReadOnlyList<TrainingSegment> segments = training.Train(
            labeled, divisions, larger.Bottlenecks, labels, [.. Enumerable.Range(0, small.Count + larger.Count)]);
        SegmentCombination.Of(segments, options.Combine, alone, labeled, run.Threads);
    }
}
