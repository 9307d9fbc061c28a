using System.Globalization;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Progress;

/// <summary>Tells which stages will be trained, and what their inputs take, before they are computed.</summary>
internal static class StagePlan
{
    /// <param name="data">The name of the data set.</param>
    /// <param name="plan">What will be done.</param>
    public static StageProgress Of(string data, StageTuningPlan plan)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{plan.MapBytes / 1e6:#,0} MB");
        string where = plan.MapsNotKept is { } reason ? $"too much to keep ({reason}): computed in each epoch" : "kept in the cache";
        return new StageProgress($"Preparing {plan.Stages} of {plan.NetworkStages} stages for {data}", 0, 0, "")
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"The inputs of the trained stages take {size} for {plan.Maps:#,0} images and views, {where}"),
        };
    }
}
