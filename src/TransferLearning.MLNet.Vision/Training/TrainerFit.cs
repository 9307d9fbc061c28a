using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Regularization;
using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.MLNet.Vision.Workspaces;

namespace TransferLearning.MLNet.Vision.Training;

/// <summary>
/// Trains a head with the trainer: writes the bottleneck files, runs the trainer and reads the head. A first run, without a fifth of the
/// training rows, chooses the number of epochs by these; the trainer then runs on all training rows for as many epochs. Serves one
/// training.
/// </summary>
internal sealed class TrainerFit(
    MLNetRetrainerOptions options, NetworkFile network, string weightsRoot, ITrainer trainer, RetrainingContext context)
{
    private readonly int _epochs = context.Epochs ?? options.Epochs;

    /// <exception cref="TransferLearningException">The bottlenecks were not computed by the network.</exception>
    public static void RequireSize(LabeledBottlenecks training, MLNetNetwork network)
    {
        if (training.Bottlenecks.FeatureSize != NetworkFile.BottleneckSize)
        {
            throw new TransferLearningException(
                $"the bottlenecks have {training.Bottlenecks.FeatureSize} features, but those of {network} have "
                + $"{NetworkFile.BottleneckSize}: extract them with MLNetRetrainer.RequiredBackbone");
        }
    }

    public RetrainedHead Run(LabeledBottlenecks training, LabeledBottlenecks? validation)
    {
        long began = context.TimeProvider.GetTimestamp();
        if (context.CancellationToken.IsCancellationRequested)
        {
            return Result(Untrained(training), new EpochRecorder(null, _epochs, false, null, default), began) with { Canceled = true };
        }

        int epochs = _epochs;
        HeldOutPredictions? heldOut = null;
        if ((options.EarlyStopping is not null || context.PredictsHeldOut) && HeldOutRows(training) is { } rows)
        {
            var chooser = new EpochRecorder(options.EarlyStopping, _epochs, hasValidation: true, null, context.CancellationToken);
            (LabeledBottlenecks rest, LabeledBottlenecks part) = (training.Select(rows.Others), training.Select(rows.HeldOut));
            LinearHead withoutPart = Fit(rest, part, _epochs, chooser);
            if (chooser.IsCanceled)
            {
                return Result(withoutPart, chooser, began);
            }

            epochs = options.EarlyStopping is null ? _epochs : chooser.BestEpoch;
            heldOut = context.PredictsHeldOut ? Predict(withoutPart, rest, part, rows.HeldOut, chooser) : null;
        }

        validation = validation is { Count: > 0 } ? validation : null;
        var recorder = new EpochRecorder(null, epochs, validation is not null, context.Progress, context.CancellationToken);
        LinearHead head = Fit(training, validation, epochs, recorder);
        return Result(head, recorder, began) with { HeldOut = recorder.IsCanceled ? null : heldOut };
    }

    /// <summary>A fifth of the rows, at most hundreds, and the others, which share no group with these; null if there are too
    /// few.</summary>
    private (int[] HeldOut, int[] Others)? HeldOutRows(LabeledBottlenecks training)
    {
        float[] weights = training.Weights.IsEmpty ? [.. Enumerable.Repeat(1f, training.Count)] : training.Weights.ToArray();
        return InnerFolds.Divide(training.Labels.ToArray(), weights, context) is { } folds
            ? (folds.HeldOut[0], folds.AllTraining(0))
            : null;
    }

    /// <summary>The predictions for held-out rows. The trainer keeps the last epoch: where that is not the best, it runs again up to the
    /// best.</summary>
    private HeldOutPredictions Predict(
        LinearHead head, LabeledBottlenecks rest, LabeledBottlenecks part, int[] rows, EpochRecorder chooser)
    {
        if (options.EarlyStopping is { } stopping && chooser.LastLoss > chooser.BestLoss + stopping.MinDelta)
        {
            var again = new EpochRecorder(null, chooser.BestEpoch, hasValidation: true, null, context.CancellationToken);
            LinearHead best = Fit(rest, part, chooser.BestEpoch, again);
            head = again.LastLoss < chooser.LastLoss ? best : head;
        }

        return new HeldOutPredictions(rows, HeadPrediction.Logits(head, part.Bottlenecks));
    }

    private LinearHead Fit(LabeledBottlenecks training, LabeledBottlenecks? validation, int epochs, EpochRecorder recorder)
    {
        using var workspace = TrainerWorkspace.Create(options.WorkspaceDirectory);
        int[] rows = RowSchedule.Of(training, context.Seed);
        int[] validationRows = validation is null ? rows : [.. Enumerable.Range(0, validation.Count)];
        WriteFiles(workspace.Path, TrainerSettings.TrainingFile, training, rows);
        WriteFiles(workspace.Path, TrainerSettings.ValidationFile, validation ?? training, validationRows);
        var settings = new TrainerSettings
        {
            Network = network,
            WeightsRoot = weightsRoot,
            Workspace = workspace.Path,
            Classes = training.ClassNames.Count,
            Epochs = epochs,
            BatchSize = Math.Min(options.BatchSize, rows.Length),
            LearningRate = options.LearningRate,
        };
        trainer.Fit(settings, recorder);
        return recorder.HasDiverged
            ? throw new TransferLearningException(
                $"the loss is NaN or infinite after epoch {recorder.History.Count}: "
                + $"use a lower learning rate than {options.LearningRate.Initial}")
            : FrozenHead.Read(settings.FrozenGraph, settings.Classes, training.Bottlenecks.FeatureSize);
    }

    private static void WriteFiles(string workspace, string name, LabeledBottlenecks data, int[] rows)
    {
        try
        {
            BottleneckFiles.Write(workspace, name, data, rows);
            BottleneckFiles.Check(workspace, name, rows.Length, data.Bottlenecks.FeatureSize, data.ClassNames.Count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the bottlenecks cannot be written to the workspace '{workspace}': {e.Message}", e);
        }
    }

    private static LinearHead Untrained(LabeledBottlenecks training) => new(
        training.ClassNames.Count,
        training.Bottlenecks.FeatureSize,
        new float[training.ClassNames.Count * training.Bottlenecks.FeatureSize],
        new float[training.ClassNames.Count]);

    private RetrainedHead Result(LinearHead head, EpochRecorder recorder, long began) => new()
    {
        Head = head,
        History = recorder.History,
        BestEpoch = recorder.History.Count,
        Seconds = context.TimeProvider.GetElapsedTime(began).TotalSeconds,
        Canceled = recorder.IsCanceled,
    };
}
