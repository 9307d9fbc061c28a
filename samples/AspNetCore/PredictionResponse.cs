using TransferLearning.Models;

namespace TransferLearning.Samples;

/// <summary>What the service answers for an image.</summary>
/// <param name="Label">The most probable class.</param>
/// <param name="Probability">Its probability, 0..1.</param>
/// <param name="IsUnknown">Whether the image is probably of none of the classes.</param>
/// <param name="Top">The most probable classes, best first.</param>
internal sealed record PredictionResponse(string Label, float Probability, bool IsUnknown, IReadOnlyList<ScoredLabel> Top)
{
    private const int MaxLabels = 5;

    public static PredictionResponse From(Prediction prediction) =>
        new(prediction.Label, prediction.Probability, prediction.IsUnknown, prediction.Top(MaxLabels));
}
