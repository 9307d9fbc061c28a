using TransferLearning.Heads;
using TransferLearning.MLNet.Networks;
using TransferLearning.MLNet.Workspaces;

namespace TransferLearning.MLNet.Training;

/// <summary>
/// Trains a head with the trainer: writes the bottleneck files, runs the trainer and reads the head. Where the last epoch is not the best,
/// the trainer runs a second time and stops at the best epoch. Serves one training.
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
            return Result(Untrained(training), new EpochRecorder(null, _epochs, false, null, default), 0, began) with { Canceled = true };
        }

        validation = validation is { Count: > 0 } ? validation : null;
        var recorder = new EpochRecorder(
            options.EarlyStopping, _epochs, validation is not null, context.Progress, context.CancellationToken);
        LinearHead head = Fit(training, validation, _epochs, recorder);
        int epoch = recorder.History.Count;
        if (!recorder.IsCanceled && recorder.LastLoss > recorder.BestLoss + (options.EarlyStopping?.MinDelta ?? 0))
        {
            var again = new EpochRecorder(null, recorder.BestEpoch, validation is not null, null, context.CancellationToken);
            LinearHead best = Fit(training, validation, recorder.BestEpoch, again);
            (head, epoch) = again.LastLoss < recorder.LastLoss ? (best, again.History.Count) : (head, epoch);
        }

        return Result(head, recorder, epoch, began);
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

    private RetrainedHead Result(LinearHead head, EpochRecorder recorder, int epoch, long began) => new()
    {
        Head = head,
        History = recorder.History,
        BestEpoch = epoch,
        Seconds = context.TimeProvider.GetElapsedTime(began).TotalSeconds,
        Canceled = recorder.IsCanceled,
    };
}
