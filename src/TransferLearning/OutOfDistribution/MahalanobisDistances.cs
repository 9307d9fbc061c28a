namespace TransferLearning.OutOfDistribution;

/// <summary>The squared distances that <see cref="RelativeMahalanobis"/> measures.</summary>
/// <param name="Nearest">To the nearest class, within the basis, whitened by the variation within classes.</param>
/// <param name="Total">To the mean of all training features, within the basis, whitened by the total variation.</param>
/// <param name="Rest">The squared length outside the basis, not whitened.</param>
internal readonly record struct MahalanobisDistances(float Nearest, float Total, float Rest);
