using TransferLearning.Data;
using TransferLearning.Models.Descriptions;
using TransferLearning.Strategies;
using TransferLearning.Verdicts.Commands;
using TransferLearning.Verdicts.Rules;

namespace TransferLearning.Verdicts.Evidence;

/// <summary>The evidence of a cross-validation.</summary>
internal static class CrossValidationEvidence
{
    public static VerdictEvidence Of(CrossValidationResult result, RunCommand? command)
    {
        ImageDataset images = result.OutOfFold.Images;
        CommandOption[] stages = result.Tuning is { } tuning ? [new CommandOption("--unfreeze", OptionScope.Verb, $"{tuning.Stages}")] : [];
        return new VerdictEvidence
        {
            Source = EvidenceSource.CrossValidation,
            Evaluated = result.OutOfFold.Evaluated,
            Accuracy = result.Accuracy,
            Interval = result.AccuracyInterval(),
            Command = command ?? new RunCommand(
                "cross-validate", RunCommand.PathOf(images.Name), null, [.. TrainingEvidence.Network(result.Model), .. stages]),
            TrainingAccuracy = TrainingEvidence.AccuracyAt(result.Training.History, result.Training.BestEpoch),
            SuspectLabels = result.OutOfFold.LabelErrors.Count,
            Leaks = [.. result.Extraction.Copies.Where(c => c.IsLeak)],
            FalseRejectRate = result.Model.FalseRejectRate,
            Backbone = result.Model.Origin.Backbone,
            HasTunedStages = result.Tuning is not null,
            IsAugmented = result.Model.Origin.Facts.ContainsKey(FactNames.Augmentation),
        };
    }
}
