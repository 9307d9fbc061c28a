using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.StageTuning;

/// <summary>
/// Trains the last stages of the network after its head, and evaluates both on the same validation images, so that a strategy can complete
/// its model from either. Serves one run.
/// </summary>
internal sealed class HeadWithStages(StrategyRun run, StageTuningSettings settings)
{
    /// <summary>Tunes the stages.</summary>
    /// <param name="alone">The head alone, and how it does on the validation images.</param>
    /// <param name="learned">What the head was trained on; its classes are those of the head.</param>
    /// <param name="trainHead">Trains a head in the same way on some of the training rows.</param>
    /// <returns>
    /// The tuned network, evaluated; the head alone where that does better on held-out training images, or, without figures, where the run
    /// was canceled before the stages were trained.
    /// </returns>
    /// <exception cref="TransferLearningException">An image can no longer be used, or the checkpoint cannot.</exception>
    public (EvaluatedHead Evaluated, StageTuningResult? Result) Tune(
        EvaluatedHead alone, PreparedData learned, Func<int[], LinearHead> trainHead)
    {
        LabeledBottlenecks rows = learned.Rows.Train;
        using var tuner = new StageTuner(run, settings, learned.TrainImages);
        int[] all = [.. Enumerable.Range(0, rows.Count)], groups = learned.Rows.GroupOfEachRow();
        if (TryFill(tuner) && tuner.Tune(rows, all, groups, alone.Head.Heads[0], alone.Metrics, trainHead) is { } tuned)
        {
            return (tuned.Result.IsKept ? Evaluate(alone, learned, tuned) : alone, tuned.Result);
        }

        run.Note("canceled before the stages of the network were trained: the model has the head alone");
        return (alone, null);
    }

    private bool TryFill(StageTuner tuner)
    {
        try
        {
            tuner.Fill();
            return true;
        }
        catch (OperationCanceledException) when (run.Context.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private EvaluatedHead Evaluate(EvaluatedHead alone, PreparedData learned, TunedStages tuned)
    {
        // The features of few images: a run that was canceled waits for them, because it gives the best model until then.
        LabeledBottlenecks validation = Features(tuned.Backbone, alone.ValidationImages, alone.Validation, CancellationToken.None);
        var head = new CombinedHead(tuned.Head);
        return alone with
        {
            Backbone = tuned.Backbone,
            Head = head,
            Metrics = head.Evaluate(validation, run.Threads),
            Validation = validation,
            HeldOut = tuned.HeldOut,
            Known = Known(alone, learned, tuned.Backbone, validation),
            TrainingSetsThreshold = false,
        };
    }

    private LabeledSplit Known(EvaluatedHead alone, PreparedData learned, Backbone backbone, LabeledBottlenecks validation)
    {
        CancellationToken cancellation = run.Context.CancellationToken;
        LabeledSplit rows = learned.Rows;
        bool isSame = ReferenceEquals(learned.ValidationImages, alone.ValidationImages);
        try
        {
            return new LabeledSplit(
                rows.Name,
                Features(backbone, learned.TrainImages, rows.Train, cancellation),
                isSame ? validation : Features(backbone, learned.ValidationImages, rows.Validation, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A run that was canceled fits no detector: nobody reads these.
            return alone.Known;
        }
    }

    private LabeledBottlenecks Features(
        Backbone backbone, ImageDataset images, LabeledBottlenecks rows, CancellationToken cancellationToken) =>
        new(run.Extract(backbone, images, cancellationToken), rows.Labels.ToArray(), rows.ClassNames);
}
