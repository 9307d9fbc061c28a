using TransferLearning.Data;

namespace TransferLearning.Reports.Pictures;

/// <summary>An image with its caption. Immutable.</summary>
/// <param name="Image">The image.</param>
/// <param name="Sentence">The parts of the caption; those at odd positions are labels.</param>
internal sealed record PictureItem(LabeledImage Image, params IReadOnlyList<string> Sentence)
{
    public string Text => string.Concat(Sentence);

    /// <summary>For an image that was predicted as another class than its own.</summary>
    public static PictureItem Mistaken(LabeledImage image, string predicted, string probability) =>
        new(image, "Labeled ", image.Label ?? "", ", predicted as ", predicted, $" ({probability})");
}
