using TransferLearning.Data;

namespace TransferLearning.Reports.Pictures;

/// <summary>An image with what is to be said of it. Immutable.</summary>
/// <param name="Image">The image.</param>
/// <param name="Sentence">What the image is labeled and taken for, a part each: labels at odd places.</param>
internal sealed record PictureItem(LabeledImage Image, params IReadOnlyList<string> Sentence)
{
    public string Text => string.Concat(Sentence);

    /// <summary>For an image that is taken for another class than its own.</summary>
    public static PictureItem Mistaken(LabeledImage image, string predicted, string probability) =>
        new(image, "Labeled ", image.Label ?? "", ", taken for ", predicted, $" ({probability})");
}
