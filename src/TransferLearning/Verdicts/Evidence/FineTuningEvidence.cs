using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models.Descriptions;
using TransferLearning.Strategies;
using TransferLearning.Verdicts.Commands;
using TransferLearning.Verdicts.Rules;

namespace TransferLearning.Verdicts.Evidence;

/// <summary>The evidence of a fine-tuning.</summary>
internal static class FineTuningEvidence
{
    public static VerdictEvidence Of(FineTuningResult result, RunCommand? command)
    {
        RetrainedHead head = result.Steps[^1].Training;
        StageTuningResult? tuning = result.Tuning is { IsKept: true } kept ? kept : null;
        int? headLimit = TrainingEvidence.EndedEarly(head.History, head.BestEpoch, head.EpochLimit);
        int? stageLimit = tuning is null ? null
            : TrainingEvidence.EndedEarly(tuning.History, tuning.BestEpoch, tuning.History.Count == 0 ? null : tuning.History[^1].Epochs);
        return new VerdictEvidence
        {
            Source = EvidenceSource.Validation,
            Evaluated = result.Validation,
            Accuracy = result.Metrics.Accuracy,
            Interval = result.Metrics.AccuracyInterval(),
            Command = command ?? CommandOf(result),
            TrainingData = result.TrainingData,
            TrainingAccuracy = tuning is null
                ? TrainingEvidence.AccuracyAt(head.History, head.BestEpoch)
                : TrainingEvidence.AccuracyAt(tuning.History, tuning.BestEpoch),
            SuspectLabels = SuspectLabels.Count(result.Validation),
            Leaks = [.. result.Extraction.Copies.Where(c => c.IsLeak)],
            KnownImages = result.Continuation?.TrainingOverlap?.Found ?? 0,
            FalseRejectRate = result.Model.FalseRejectRate,
            Backbone = result.Model.Origin.Backbone,
            IsNetworkFixed = result.Continuation is not null,
            HasTunedStages = result.Tuning is not null,
            IsAugmented = result.Model.Origin.Facts.ContainsKey(FactNames.Augmentation),
            EpochLimit = stageLimit ?? headLimit,
            EpochOption = stageLimit is null ? "--epochs" : "--unfreeze-epochs",
            IsCanceled = result.Canceled,
        };
    }

    private static RunCommand CommandOf(FineTuningResult result)
    {
        CommandOption[] larger = result.Steps.Count == 1 ? []
            : [new CommandOption("--tune-on", OptionScope.Verb, RunCommand.PathOf(result.Steps[^1].Data))];
        CommandOption[] start = result.Continuation is null ? TrainingEvidence.Network(result.Model)
            : [new CommandOption("--from", OptionScope.Verb, RunCommand.UnknownModel)];
        CommandOption[] stages = result.Tuning is { } tuning ? [new CommandOption("--unfreeze", OptionScope.Verb, $"{tuning.Stages}")] : [];
        return new RunCommand("fine-tune", RunCommand.PathOf(result.Steps[0].Data), null, [.. larger, .. start, .. stages]);
    }
}
