namespace TransferLearning.Data;

/// <summary>A group (<see cref="LabeledImage.Group"/>) that is both learned from and judged by. Immutable.</summary>
/// <param name="Name">The group, as the manifest names it.</param>
/// <param name="TrainImages">The number of its images to learn from.</param>
/// <param name="ValidationImages">The number of its images in validation and test.</param>
public sealed record DividedGroup(string Name, int TrainImages, int ValidationImages);
