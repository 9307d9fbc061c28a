using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Regularization;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>
/// Trains and evaluates one head per fold, several folds at a time. A fold's result depends on its own rows and the seed only, so it is the
/// same, bit by bit, for any number of threads. Serves one run.
/// </summary>
/// <param name="run">Settings, threads, progress and cancellation.</param>
/// <param name="name">The data set's name, for the progress.</param>
/// <param name="data">All images.</param>
/// <param name="inseparable">[images]: equal for images that must stay together.</param>
/// <param name="views">Further views of all images; null for none. They are learned from where their image is, and never evaluated
/// on.</param>
internal sealed class FoldTraining(
    StrategyRun run, string name, LabeledBottlenecks data, int[] inseparable, TrainingViews? views = null)
{
    private readonly IRetrainer _retrainer = run.Settings.Retrainer;
    private readonly IPenaltyChoice? _penalty = IPenaltyChoice.Of(run.Settings.Retrainer);
    private readonly CancellationToken _cancellationToken = run.Context.CancellationToken;
    private readonly bool _allSeparable = inseparable.Distinct().Count() == inseparable.Length;

    /// <summary>The folds of all divisions, in order.</summary>
    /// <param name="divisions">One per repeat.</param>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public TrainedFold[] Train(FoldDivision[] divisions)
    {
        FoldL2[]?[] chosen = [.. divisions.Select(ChooseL2)];
        (int Repeat, int Fold)[] jobs =
            [.. divisions.SelectMany((d, repeat) => Enumerable.Range(0, d.Folds).Select(fold => (repeat, fold)))];
        var trained = new TrainedFold[jobs.Length];
        int threadsEach = Math.Max(1, run.Threads / jobs.Length), done = 0;
        FoldThreads.Run(
            jobs.Length,
            run.Threads,
            j =>
            {
                (int repeat, int fold) = jobs[j];
                trained[j] = Train(repeat, fold, divisions[repeat], chosen[repeat]?[fold], threadsEach);
                run.ReportFold(name, Interlocked.Increment(ref done), jobs.Length);
            },
            _cancellationToken);

        // A canceled retrainer returns its best head so far. The figures of a fold must not come from half a training, so the run ends.
        _cancellationToken.ThrowIfCancellationRequested();
        return trained;
    }

    /// <summary>Trains on all rows; where strengths were chosen, with the median of the folds' strengths.</summary>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public RetrainedHead TrainOnAll(TrainedFold[] folds)
    {
        TrainedFold median = folds.OrderBy(f => f.Fold.L2).ElementAt(folds.Length / 2);
        IRetrainer retrainer = _penalty?.WithL2(median.Fold.L2!.Value) ?? _retrainer;
        var rows = TrainingRows.Of(data, _allSeparable ? [] : inseparable, views);
        RetrainedHead head = retrainer.Retrain(rows.Rows, null, rows.In(run.Context) with { WarmStart = median.Head });
        _cancellationToken.ThrowIfCancellationRequested();
        return head;
    }

    /// <summary>Trains a head on some rows, with the settings of the run.</summary>
    public LinearHead TrainHead(int[] rows)
    {
        TrainingRows training = Rows(rows);
        return _retrainer.Retrain(training.Rows, null, training.In(run.Context)).Head;
    }

    private FoldL2[]? ChooseL2(FoldDivision division) => _penalty?.ChooseForFolds(
        views?.AddTo(data) ?? data,
        data.Count,
        views?.Repeat<int>(division.FoldOf) ?? division.FoldOf,
        division.Folds,
        run.Threads,
        _cancellationToken);

    private TrainedFold Train(int repeat, int fold, FoldDivision division, FoldL2? chosen, int threads)
    {
        int[] train = division.Training(fold), heldOut = division.HeldOut(fold);
        LabeledBottlenecks validation = data.Select(heldOut);
        TrainingRows training = Rows(train);
        ReadOnlySpan<int> labels = training.Rows.Labels;
        if (labels.IndexOfAnyExcept(labels[0]) < 0)
        {
            throw new TransferLearningException(
                $"without {division.Describe(fold)}, all images are of class '{data.ClassNames[labels[0]]}', "
                + "so nothing can be learned: give more images or groups of the other classes, or fewer folds");
        }

        IRetrainer retrainer = chosen is null || _penalty is null ? _retrainer : _penalty.WithL2(chosen.L2);
        RetrainedHead head = retrainer.Retrain(
            training.Rows, null, training.In(run.Context) with { Threads = threads, WarmStart = chosen?.Head });
        _cancellationToken.ThrowIfCancellationRequested();
        float[] logits = HeadPrediction.Logits(head.Head, validation.Bottlenecks, threads);
        float[] probabilities = HeadPrediction.Probabilities(logits, head.Head.Classes, 1);
        var result = new CrossValidationFold
        {
            Repeat = repeat,
            Number = fold,
            Group = division.Groups?[fold],
            TrainImages = train.Length,
            Metrics = ClassificationMetrics.Compute(data.ClassNames, validation.Labels, probabilities),
            L2 = head.L2,
        };
        return new TrainedFold(result, head.Head, heldOut, logits);
    }

    /// <summary>What a head learns from. The retrainer sees no held-out row, so that nothing it chooses can favor the fold.</summary>
    private TrainingRows Rows(int[] rows) => TrainingRows.Of(
        data.Select(rows), _allSeparable ? [] : Array.ConvertAll(rows, r => inseparable[r]), views?.Select(rows));
}
