using System.Globalization;

namespace TransferLearning.Runtime.Training.Distillation;

/// <summary>
/// What a network learns from another one besides labels. The loss is (1 - w) * cross-entropy + w * logit loss + f * feature loss, where w
/// is <see cref="LogitWeight"/> and f is <see cref="FeatureWeight"/>; a loss that is not computed counts 0, with its weight. Immutable.
/// </summary>
internal sealed record DistillationOptions
{
    /// <summary>
    /// The output of the graph, [N, features of the teacher], whose direction is to be that of the teacher's features; null where features
    /// are not compared. See <see cref="TeacherMap"/>.
    /// </summary>
    public string? FeatureOutput { get; init; }

    /// <summary>The output of the graph, [N, classes of the teacher], that is to be the teacher's logits; null where these are not
    /// compared.</summary>
    public string? LogitOutput { get; init; }

    /// <summary>The weight of the feature loss.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>The weight of the logit loss, 0 to 1.</summary>
    public double LogitWeight { get; init; } = 0.5;

    /// <summary>What logits are divided by before they become probabilities.</summary>
    public double Temperature { get; init; } = 4;

    /// <summary>The weight of the cross-entropy of the labels.</summary>
    public double LabelWeight => LogitOutput is null ? 1 : 1 - LogitWeight;

    /// <summary>All that decides the losses, in words that are equal for equal settings.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{FeatureOutput} {FeatureWeight}, {LogitOutput} {LogitWeight} at {Temperature}");
}
