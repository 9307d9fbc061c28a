using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>A data set as the retrainer sees it: bottlenecks to learn from and bottlenecks that judge. Immutable.</summary>
/// <param name="Name">The data set's name, for messages.</param>
/// <param name="Train">What to learn from.</param>
/// <param name="Validation">What judges, over the same classes.</param>
internal sealed record LabeledSplit(string Name, LabeledBottlenecks Train, LabeledBottlenecks Validation);
