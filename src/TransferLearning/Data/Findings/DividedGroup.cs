namespace TransferLearning.Data;

/// <summary>A group (<see cref="LabeledImage.Group"/>) with images on both sides of a split. Immutable.</summary>
/// <param name="Name">The group, as named in the manifest.</param>
/// <param name="TrainImages">The number of its images to train on.</param>
/// <param name="ValidationImages">The number of its images in the validation and test parts.</param>
public sealed record DividedGroup(string Name, int TrainImages, int ValidationImages);
