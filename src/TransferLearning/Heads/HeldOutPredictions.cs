namespace TransferLearning.Heads;

/// <summary>
/// Predictions for training rows by heads that have not learned from them: what can be chosen or fitted without validation images. Each row
/// occurs at most once. Immutable.
/// </summary>
/// <param name="Rows">The positions of the rows among the training rows.</param>
/// <param name="Logits">[rows, classes].</param>
internal sealed record HeldOutPredictions(int[] Rows, float[] Logits);
