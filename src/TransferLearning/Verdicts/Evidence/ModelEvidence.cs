using TransferLearning.Models;
using TransferLearning.Verdicts.Commands;
using TransferLearning.Verdicts.Rules;

namespace TransferLearning.Verdicts.Evidence;

/// <summary>The evidence of an evaluation of a model.</summary>
internal static class ModelEvidence
{
    public static VerdictEvidence Of(ModelEvaluation evaluation, RunCommand? command) => new()
    {
        Source = EvidenceSource.OtherData,
        Evaluated = evaluation.Evaluated,
        Accuracy = evaluation.Metrics.Accuracy,
        Interval = evaluation.Metrics.AccuracyInterval(),
        Command = command ?? new RunCommand("evaluate", RunCommand.PathOf(evaluation.Evaluated.Images.Name), RunCommand.UnknownModel),
        SuspectLabels = SuspectLabels.Count(evaluation.Evaluated),
        KnownImages = evaluation.TrainingOverlap?.Found ?? 0,
        UnknownImages = evaluation.UnknownImages,
        FalseRejectRate = evaluation.Model.FalseRejectRate,
        Backbone = evaluation.Model.Origin.Backbone,
    };
}
