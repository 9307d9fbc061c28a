using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Regularization;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>
/// Trains and judges a head a fold, folds side by side on the threads. Every fold's result depends on its own rows and the seed only, so it
/// is the same, to the bit, for any number of threads. Serves one run.
/// </summary>
internal sealed class FoldTraining(
    TransferSettings settings, LabeledBottlenecks data, int[] inseparable, CancellationToken cancellationToken)
{
    private readonly int _threads = settings.ThreadCount;
    private readonly IPenaltyChoice? _penalty = IPenaltyChoice.Of(settings.Retrainer);
    private readonly bool _allSeparable = inseparable.Distinct().Count() == inseparable.Length;

    /// <summary>A fold a division and number, in that order.</summary>
    /// <param name="divisions">A division a repeat.</param>
    /// <param name="foldDone">Called from the working threads.</param>
    public TrainedFold[] Train(FoldDivision[] divisions, Action foldDone)
    {
        FoldL2[]?[] chosen =
            [.. divisions.Select(d => _penalty?.ChooseForFolds(data, d.FoldOf, d.Folds, _threads, cancellationToken))];
        (int Repeat, int Fold)[] jobs =
            [.. divisions.SelectMany((d, repeat) => Enumerable.Range(0, d.Folds).Select(fold => (repeat, fold)))];
        var trained = new TrainedFold[jobs.Length];
        int threadsEach = Math.Max(1, _threads / jobs.Length);
        FoldThreads.Run(
            jobs.Length,
            _threads,
            j =>
            {
                (int repeat, int fold) = jobs[j];
                trained[j] = Train(repeat, fold, divisions[repeat], chosen[repeat]?[fold], threadsEach);
                foldDone();
            },
            cancellationToken);

        // A retrainer that is canceled gives the best so far: half a training is no figure for a fold.
        cancellationToken.ThrowIfCancellationRequested();
        return trained;
    }

    /// <summary>Trains on all rows; where strengths were chosen, with that of the middle one of the folds.</summary>
    public RetrainedHead TrainOnAll(TrainedFold[] folds)
    {
        TrainedFold middle = folds.OrderBy(f => f.Fold.L2).ElementAt(folds.Length / 2);
        IRetrainer retrainer = _penalty?.WithL2(middle.Fold.L2!.Value) ?? settings.Retrainer;
        RetrainingContext context = Context([.. Enumerable.Range(0, data.Count)], _threads) with { WarmStart = middle.Head };
        RetrainedHead head = retrainer.Retrain(data, null, context);
        cancellationToken.ThrowIfCancellationRequested();
        return head;
    }

    private TrainedFold Train(int repeat, int fold, FoldDivision division, FoldL2? chosen, int threads)
    {
        int[] train = division.Training(fold), heldOut = division.HeldOut(fold);
        LabeledBottlenecks training = data.Select(train), judging = data.Select(heldOut);
        if (training.Labels.IndexOfAnyExcept(training.Labels[0]) < 0)
        {
            throw new TransferLearningException(
                $"without {division.Describe(fold)}, all images are of class '{data.ClassNames[training.Labels[0]]}', "
                + "so nothing can be learned: give more images or groups of the other classes, or fewer folds");
        }

        IRetrainer retrainer = chosen is null || _penalty is null ? settings.Retrainer : _penalty.WithL2(chosen.L2);
        RetrainingContext context = Context(train, threads) with { WarmStart = chosen?.Head };
        RetrainedHead head = retrainer.Retrain(training, null, context);
        float[] logits = HeadPrediction.Logits(head.Head, judging.Bottlenecks, threads);
        float[] probabilities = HeadPrediction.Probabilities(logits, head.Head.Classes, 1);
        var result = new CrossValidationFold
        {
            Repeat = repeat,
            Number = fold,
            Group = division.Groups?[fold],
            TrainImages = train.Length,
            Metrics = ClassificationMetrics.Compute(data.ClassNames, judging.Labels, probabilities),
            L2 = head.L2,
        };
        return new TrainedFold(result, head.Head, heldOut, logits);
    }

    /// <summary>No held-out row is shown to the retrainer, so that its choice of the best epoch cannot favor the fold.</summary>
    private RetrainingContext Context(int[] rows, int threads) => new()
    {
        Seed = settings.Seed,
        Threads = threads,
        Groups = _allSeparable ? default(ReadOnlyMemory<int>) : Array.ConvertAll(rows, r => inseparable[r]),
        CancellationToken = cancellationToken,
        TimeProvider = settings.TimeProvider,
    };
}
