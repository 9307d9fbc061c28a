namespace TransferLearning.Backbones.Inspection;

/// <summary>A value of a network that can serve as features. Immutable.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Shape">Its shape for one image.</param>
/// <param name="Kind">What it is, such as <c>ClassifierInput</c> or <c>Map</c>.</param>
/// <param name="IsUsed">Whether it is used where no name is given.</param>
internal sealed record InspectedFeatures(string Name, string Shape, string Kind, bool IsUsed);
