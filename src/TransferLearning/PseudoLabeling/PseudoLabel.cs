namespace TransferLearning.PseudoLabeling;

/// <summary>The class that an image without a (known) label is taken for. Immutable.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">The class.</param>
/// <param name="Confidence">How sure it is, 0..1.</param>
/// <param name="Used">True where it was sure enough, and its class not too frequent, to be learned from.</param>
public sealed record PseudoLabel(string Path, string Label, double Confidence, bool Used);
