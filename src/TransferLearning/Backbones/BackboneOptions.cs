using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones;

/// <summary>What a network file does not state. Every setting has a default. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record BackboneOptions
{
    /// <summary>
    /// The name of the value that takes the image. Default: an ONNX file's only input; in a TensorFlow file, the only placeholder for
    /// images.
    /// </summary>
    public string? InputName { get; init; }

    /// <summary>
    /// The name of the value (an output or an inner value) to use as features: one vector per image; a map <c>[N, C, H, W]</c>, whose mean
    /// over height and width is taken; or tokens (see <see cref="FeaturesPooling"/>). Default: the output called <c>features</c>; without
    /// one, <c>pooler_output</c> or <c>image_embeds</c>; else the input of the last fully connected layer, or of the classifying
    /// convolution before the pooling; for a network without a classifier, its output.
    /// </summary>
    public string? FeaturesName { get; init; }

    /// <summary>
    /// What is taken of the tokens of a vision transformer without a classifier (<c>[N, tokens, D]</c>). Default: the class token; the mean
    /// where there is none, which is where the number of tokens is a square.
    /// </summary>
    public FeaturesPooling? FeaturesPooling { get; init; }

    /// <summary>
    /// Height and width of the input in pixels, 16 to 2048. Default: the size that the network declares; where it leaves the size open, the
    /// one that its metadata or the file beside it says; without them, 224.
    /// </summary>
    public int? InputSize { get; init; }

    /// <summary>
    /// How an image is brought to the input size. Default: what the network's metadata or the file beside it says; without them,
    /// <see cref="ResizeMode.Stretch"/>.
    /// </summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>
    /// The central part of each side that is used, above 0 and at most 1, of what <see cref="Resize"/> chooses: 0.875 is the usual "resize
    /// to 256, crop 224". Default: 1 where <see cref="Resize"/> is given; else what the metadata or the file beside the network says.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and at most 1.</exception>
    public float? CropFraction
    {
        get;
        init => field = value is null or (> 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "a crop fraction is above 0 and at most 1");
    }

    /// <summary>
    /// How pixels are computed from others. Default: what the metadata or the file beside the network says; without them,
    /// <see cref="Imaging.Transforms.Interpolation.Bilinear"/>.
    /// </summary>
    public Interpolation? Interpolation { get; init; }

    /// <summary>
    /// How pixel values 0..255 become network inputs, and in which channel order. Default: what is read from or beside the file (see
    /// <see cref="Backbone.PreprocessingSource"/>); where nothing says it, -1..1.
    /// </summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>The order of the channels. Default: that of <see cref="Normalization"/>, or the one that is read.</summary>
    public ChannelOrder? ChannelOrder { get; init; }

    /// <summary>
    /// A file with a mean image of the input's size and values 0..255, which takes the place of the means of <see cref="Normalization"/>:
    /// the input is (value - mean of this pixel) / scale. Either an image file, or NumPy's .npy (float32, float64 or uint8) of the shape
    /// [3, H, W] or [H, W, 3] with the channels in the network's order. It becomes the first node of the network, also in saved models.
    /// Default: none. With it alone, the scales are 1.
    /// </summary>
    public string? MeanImagePath { get; init; }

    /// <summary>
    /// Chooses the normalization by measurement on images of the data set, even where the file says one. Default: false. It cannot be
    /// combined with <see cref="Normalization"/> or <see cref="MeanImagePath"/>.
    /// </summary>
    public bool MeasureNormalization { get; init; }

    /// <summary>Uses the classifier's logits as features. Default: false.</summary>
    internal bool EndsInClassifier { get; init; }

    /// <summary>The license of the weights; null for that of <see cref="Entry"/>.</summary>
    internal string? License { get; init; }

    /// <summary>What the catalog knows of the file; null where it does not know it.</summary>
    internal CatalogEntry? Entry { get; init; }
}
