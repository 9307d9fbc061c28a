namespace TransferLearning.Heads.Regularization;

/// <summary>The penalty chosen for a fold, without its images. Immutable.</summary>
/// <param name="L2">The strength of the penalty.</param>
/// <param name="Head">A head trained with it on part of the other images: a good start for training.</param>
internal sealed record FoldL2(double L2, LinearHead Head);
