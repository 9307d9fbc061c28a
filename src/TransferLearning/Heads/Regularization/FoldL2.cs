namespace TransferLearning.Heads.Regularization;

/// <summary>What was chosen for a fold without its images. Immutable.</summary>
/// <param name="L2">The strength of the penalty.</param>
/// <param name="Head">A head trained with it on part of the other images: a good place to start from.</param>
internal sealed record FoldL2(double L2, LinearHead Head);
