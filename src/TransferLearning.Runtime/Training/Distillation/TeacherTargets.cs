namespace TransferLearning.Runtime.Training.Distillation;

/// <summary>What a teacher computed for the images of a batch; what is empty is not compared in this step.</summary>
/// <param name="features">[images, features]: see <see cref="DistillationOptions.FeatureOutput"/>.</param>
/// <param name="logits">[images, classes]: see <see cref="DistillationOptions.LogitOutput"/>.</param>
internal readonly ref struct TeacherTargets(ReadOnlySpan<float> features, ReadOnlySpan<float> logits)
{
    public ReadOnlySpan<float> Features { get; } = features;

    public ReadOnlySpan<float> Logits { get; } = logits;
}
