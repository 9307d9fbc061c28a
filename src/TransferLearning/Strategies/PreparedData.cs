using TransferLearning.Data;

namespace TransferLearning.Strategies;

/// <summary>A data set extracted and divided. Immutable.</summary>
/// <param name="Rows">The bottlenecks of both parts.</param>
/// <param name="TrainImages">The images behind the training rows.</param>
/// <param name="ValidationImages">The images behind the validation rows.</param>
internal sealed record PreparedData(LabeledSplit Rows, ImageDataset TrainImages, ImageDataset ValidationImages);
