namespace TransferLearning.Heads.Regularization;

/// <summary>The strength of the L2 penalty that was chosen on inner folds. Immutable.</summary>
/// <param name="Strength">The strength; <see cref="L2Search.Default"/> where there were too few rows to choose.</param>
/// <param name="HeldOut">The predictions of the folds' heads of this strength; null where there were too few rows, or so many that they
/// would cost time and are not asked for.</param>
/// <param name="KeepsStart">True where the head that training starts from has a lower loss on the folds than the heads of any strength.
/// <paramref name="HeldOut"/> are then its predictions.</param>
internal sealed record L2Choice(double Strength, HeldOutPredictions? HeldOut, bool KeepsStart);
