namespace TransferLearning.Models;

/// <summary>How two models do on the images of one class. Immutable; thread-safe.</summary>
/// <param name="Name">The class.</param>
/// <param name="Images">The number of its images.</param>
/// <param name="RecallOfFirst">The share of them that the first model classifies correctly, 0..1.</param>
/// <param name="RecallOfSecond">The share of them that the second model classifies correctly, 0..1.</param>
public sealed record ComparedClass(string Name, int Images, double RecallOfFirst, double RecallOfSecond)
{
    /// <summary>How much better the second model does, -1..1.</summary>
    public double Difference => RecallOfSecond - RecallOfFirst;
}
