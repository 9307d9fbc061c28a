namespace TransferLearning.PseudoLabeling;

/// <summary>The class predicted for an image whose label is missing or not used.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Path">The path of the image.</param>
/// <param name="Label">The predicted class.</param>
/// <param name="Confidence">The probability of that class, 0..1.</param>
/// <param name="Used">True if the image was used in training: the confidence was high enough, and the class not too frequent.</param>
public sealed record PseudoLabel(string Path, string Label, double Confidence, bool Used)
{
    /// <summary>
    /// True if the image seems to belong to none of the classes: it is never used. Its label is that of the first model alone.
    /// </summary>
    public bool IsUnknown { get; init; }
}
