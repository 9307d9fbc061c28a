using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies.StageTuning;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>
/// Trains the last stages of the network after the head of each fold, one fold after the other, and after the head of all images. All
/// images run through the lower stages once. Serves one run.
/// </summary>
internal sealed class FoldTuning : IDisposable
{
    private readonly StrategyRun _run;
    private readonly FoldTraining _heads;
    private readonly PreparedWhole _data;
    private readonly int[] _inseparable;
    private readonly StageTuner _tuner;

    /// <param name="run">The run, after its images were extracted.</param>
    /// <param name="settings">Which stages, and how; at least one.</param>
    /// <param name="heads">Has trained the heads.</param>
    /// <param name="data">All images.</param>
    /// <param name="inseparable">[images]: equal for images that stay together.</param>
    public FoldTuning(StrategyRun run, StageTuningSettings settings, FoldTraining heads, PreparedWhole data, int[] inseparable)
    {
        (_run, _heads, _data, _inseparable) = (run, heads, data, inseparable);
        _tuner = new StageTuner(run, settings, data.Images);
        _tuner.Fill();
    }

    private CancellationToken Cancellation => _run.Context.CancellationToken;

    /// <summary>Tunes and evaluates each fold; one whose head alone does better on held-out images stays as it is.</summary>
    /// <param name="folds">The folds with their heads.</param>
    /// <param name="divisions">One per repeat.</param>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public TrainedFold[] Tune(TrainedFold[] folds, FoldDivision[] divisions)
    {
        var tuned = new TrainedFold[folds.Length];
        for (int i = 0; i < folds.Length; i++)
        {
            tuned[i] = Tune(folds[i], divisions[folds[i].Fold.Repeat].Training(folds[i].Fold.Number));
            _run.ReportFold($"{_data.Images.Name}, tuned", i + 1, folds.Length);
        }

        return tuned;
    }

    /// <summary>Tunes the network of the model, on all images.</summary>
    /// <param name="head">Trained on all images.</param>
    /// <param name="outOfFold">How the heads of the folds do.</param>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public TunedStages TuneOnAll(LinearHead head, ClassificationMetrics outOfFold)
    {
        TunedStages tuned = Tune([.. Enumerable.Range(0, _data.Images.Count)], head, outOfFold);
        Cancellation.ThrowIfCancellationRequested();
        return tuned;
    }

    public void Dispose() => _tuner.Dispose();

    private TrainedFold Tune(TrainedFold fold, int[] training)
    {
        TunedStages tuned = Tune(training, fold.Head, fold.Fold.Metrics);

        // Half a training must not give figures.
        Cancellation.ThrowIfCancellationRequested();
        CrossValidationFold figures = fold.Fold with { Tuning = tuned.Result };
        if (!tuned.Result.IsKept)
        {
            return fold with { Fold = figures };
        }

        ImageDataset images = _data.Images.Select(fold.HeldOut);
        float[] logits = HeadPrediction.Logits(tuned.Head, _run.Extract(tuned.Backbone, images, Cancellation), _run.Threads);
        var metrics = ClassificationMetrics.Compute(
            _data.Bottlenecks.ClassNames,
            _data.Bottlenecks.Select(fold.HeldOut).Labels,
            HeadPrediction.Probabilities(logits, tuned.Head.Classes, temperature: 1));
        return new TrainedFold(figures with { Metrics = metrics }, tuned.Head, fold.HeldOut, logits) { Backbone = tuned.Backbone };
    }

    private TunedStages Tune(int[] rows, LinearHead head, ClassificationMetrics headMetrics) =>
        _tuner.Tune(_data.Bottlenecks, rows, _inseparable, head, headMetrics, _heads.TrainHead)
        ?? throw new OperationCanceledException(Cancellation);
}
