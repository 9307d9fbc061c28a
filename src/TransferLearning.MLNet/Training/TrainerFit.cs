using TransferLearning.Heads;
using TransferLearning.MLNet.Networks;
using TransferLearning.MLNet.Workspaces;

namespace TransferLearning.MLNet.Training;

/// <summary>
/// A head from bottlenecks through the trainer: lays the files out, lets it train, reads the head. Where the last epoch is not the best, it
/// trains once more and stops there. Serves one training.
/// </summary>
internal sealed class TrainerFit(
    MLNetRetrainerOptions options, NetworkFile network, string weightsRoot, ITrainer trainer, RetrainingContext context)
{
    private readonly int _epochs = context.Epochs ?? options.Epochs;

    /// <exception cref="TransferLearningException">The bottlenecks are not the network's.</exception>
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

        LabeledBottlenecks? judging = validation is { Count: > 0 } ? validation : null;
        var course = new EpochRecorder(
            options.EarlyStopping, _epochs, judging is not null, context.Progress, context.CancellationToken);
        LinearHead head = Fit(training, judging, _epochs, course);
        int epoch = course.History.Count;
        if (!course.IsCanceled && course.LastLoss > course.BestLoss + (options.EarlyStopping?.MinDelta ?? 0))
        {
            var again = new EpochRecorder(null, course.BestEpoch, judging is not null, null, context.CancellationToken);
            LinearHead best = Fit(training, judging, course.BestEpoch, again);
            (head, epoch) = again.LastLoss < course.LastLoss ? (best, again.History.Count) : (head, epoch);
        }

        return Result(head, course, epoch, began);
    }

    private LinearHead Fit(LabeledBottlenecks training, LabeledBottlenecks? judging, int epochs, EpochRecorder course)
    {
        using var workspace = TrainerWorkspace.Create(options.WorkspaceDirectory);
        int[] rows = RowSchedule.Of(training, context.Seed);
        LabeledBottlenecks judged = judging ?? training;
        int[] judgedRows = judging is null ? rows : [.. Enumerable.Range(0, judging.Count)];
        Lay(workspace.Path, TrainerSettings.TrainingFile, training, rows);
        Lay(workspace.Path, TrainerSettings.ValidationFile, judged, judgedRows);
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
        trainer.Fit(settings, course);
        return course.HasDiverged
            ? throw new TransferLearningException(
                $"the loss is no number after epoch {course.History.Count}: use a lower learning rate than {options.LearningRate.Initial}")
            : FrozenHead.Read(settings.FrozenGraph, settings.Classes, training.Bottlenecks.FeatureSize);
    }

    private static void Lay(string workspace, string name, LabeledBottlenecks data, int[] rows)
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

    private RetrainedHead Result(LinearHead head, EpochRecorder course, int epoch, long began) => new()
    {
        Head = head,
        History = course.History,
        BestEpoch = epoch,
        Seconds = context.TimeProvider.GetElapsedTime(began).TotalSeconds,
        Canceled = course.IsCanceled,
    };
}
