namespace TransferLearning.Tuning;

/// <summary>What an epoch has summed up so far. Immutable.</summary>
/// <param name="Images">The number of images learned from.</param>
/// <param name="Loss">The sum of their losses.</param>
/// <param name="Right">The number of images whose most probable class was right.</param>
internal readonly record struct EpochSums(int Images, double Loss, int Right)
{
    /// <summary>The mean loss.</summary>
    public double MeanLoss => Loss / Math.Max(1, Images);

    /// <summary>Adds a step.</summary>
    public EpochSums Add(int images, double meanLoss, int right) => new(Images + images, Loss + (images * meanLoss), Right + right);
}
