using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Strategies;

/// <summary>A data set extracted, but not divided. Immutable.</summary>
/// <param name="Images">The usable images.</param>
/// <param name="Bottlenecks">One row for each image.</param>
/// <param name="Views">Further views of all images, to learn from; null for none.</param>
internal sealed record PreparedWhole(ImageDataset Images, LabeledBottlenecks Bottlenecks, TrainingViews? Views);
