namespace TransferLearning.Evaluation;

/// <summary>A row whose label is probably wrong. Immutable.</summary>
/// <param name="Row">The row number.</param>
/// <param name="Suggested">The most probable of the other classes.</param>
/// <param name="Probability">The predicted probability of the label.</param>
internal sealed record SuspectLabel(int Row, int Suggested, double Probability);
