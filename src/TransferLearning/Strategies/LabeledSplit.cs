using TransferLearning.Heads;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Strategies;

/// <summary>A data set as the retrainer sees it: the bottlenecks of its training and its validation part. Immutable.</summary>
/// <param name="Name">The data set's name, for messages.</param>
/// <param name="Train">The rows to learn from.</param>
/// <param name="Validation">The rows to evaluate on, over the same classes.</param>
internal sealed record LabeledSplit(string Name, LabeledBottlenecks Train, LabeledBottlenecks Validation)
{
    /// <summary>[training rows]: equal for rows that must stay together where the training part is divided; empty if none must. Default:
    /// empty.</summary>
    public int[] TrainGroups { get; init; } = [];

    /// <summary>Further views of the training images, which are learned from beside the training rows; null for none. Default:
    /// null.</summary>
    public TrainingViews? Views { get; init; }

    /// <summary>[training rows]: <see cref="TrainGroups"/>; a group for each row where none must stay together.</summary>
    public int[] GroupOfEachRow() => TrainGroups.Length > 0 ? TrainGroups : [.. Enumerable.Range(0, Train.Count)];

    /// <summary>What a retrainer learns from.</summary>
    public TrainingRows TrainingRows() => Augmentation.TrainingRows.Of(Train, TrainGroups, Views);

    /// <summary>A part of what a retrainer learns from.</summary>
    /// <param name="rows">Training rows, ascending.</param>
    public TrainingRows TrainingRows(int[] rows) => Augmentation.TrainingRows.Of(
        Train.Select(rows), TrainGroups.Length == 0 ? [] : Array.ConvertAll(rows, r => TrainGroups[r]), Views?.Select(rows));
}
