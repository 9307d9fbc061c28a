using TransferLearning.Models.Descriptions;
using TransferLearning.Strategies;
using TransferLearning.Verdicts.Commands;
using TransferLearning.Verdicts.Rules;

namespace TransferLearning.Verdicts.Evidence;

/// <summary>The evidence of a parallel training.</summary>
internal static class ParallelTrainingEvidence
{
    public static VerdictEvidence Of(ParallelTrainingResult result, RunCommand? command) => new()
    {
        Source = EvidenceSource.Validation,
        Evaluated = result.Validation,
        Accuracy = result.Metrics.Accuracy,
        Interval = result.Metrics.AccuracyInterval(),
        Command = command ?? new RunCommand(
            "parallel-train",
            RunCommand.PathOf(result.TrainingData.Name),
            null,
            [new CommandOption("--larger", OptionScope.Verb, "LARGER"), .. TrainingEvidence.Network(result.Model)]),
        TrainingData = result.TrainingData,
        TrainingAccuracy = TrainingEvidence.AccuracyAt(result.SmallSetTraining.History, result.SmallSetTraining.BestEpoch),
        SuspectLabels = SuspectLabels.Count(result.Validation),
        Leaks = [.. result.Extraction.Copies.Where(c => c.IsLeak)],
        FalseRejectRate = result.Model.FalseRejectRate,
        Backbone = result.Model.Origin.Backbone,
        IsAugmented = result.Model.Origin.Facts.ContainsKey(FactNames.Augmentation),
        EpochLimit = TrainingEvidence.EndedEarly(
            result.SmallSetTraining.History, result.SmallSetTraining.BestEpoch, result.SmallSetTraining.EpochLimit),
        IsCanceled = result.Canceled,
    };
}
