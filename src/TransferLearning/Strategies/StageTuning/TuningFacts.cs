using System.Globalization;
using TransferLearning.Models.Descriptions;

namespace TransferLearning.Strategies.StageTuning;

/// <summary>What a model file says of the stages that were tuned.</summary>
internal static class TuningFacts
{
    /// <summary>Facts of a model with tuned stages.</summary>
    /// <param name="facts">The other facts.</param>
    /// <param name="tuning">Null where only the head was trained; facts are added where the stages were kept.</param>
    public static ModelFacts Add(this ModelFacts facts, StageTuningResult? tuning) => tuning is not { IsKept: true }
        ? facts
        : facts.Add(FactNames.TunedStages, $"{tuning.Stages} of {tuning.NetworkStages}")
            .Add(FactNames.TunedEpochs, tuning.BestEpoch)
            .Add(FactNames.TunedLearningRate, tuning.LearningRate.ToString("g4", CultureInfo.InvariantCulture))
            .Add("headAccuracy", tuning.HeadMetrics.Accuracy);
}
