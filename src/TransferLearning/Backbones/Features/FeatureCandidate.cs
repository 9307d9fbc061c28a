using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Features;

/// <summary>A value of a network that can serve as features. Immutable.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Shape">Its shape for one image.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsChosen">Whether it is used where the user names none.</param>
internal sealed record FeatureCandidate(string Name, Shape Shape, FeatureKind Kind, bool IsChosen)
{
    public override string ToString() => $"{Name} {Shape}";
}
