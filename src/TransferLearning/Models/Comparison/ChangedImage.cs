namespace TransferLearning.Models;

/// <summary>An image that two models give different labels. Immutable; thread-safe.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">Its label.</param>
/// <param name="First">What the first model predicts.</param>
/// <param name="Second">What the second model predicts.</param>
public sealed record ChangedImage(string Path, string Label, ScoredLabel First, ScoredLabel Second)
{
    /// <summary>Whether the first model is right.</summary>
    public bool IsFirstRight => First.Label == Label;

    /// <summary>Whether the second model is right.</summary>
    public bool IsSecondRight => Second.Label == Label;
}
