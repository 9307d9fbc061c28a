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
    /// The name of the value (an output or an inner value) to use as features. Default: the output called <c>features</c>; without one, the
    /// input of the last fully connected layer.
    /// </summary>
    public string? FeaturesName { get; init; }

    /// <summary>
    /// Height and width of the input in pixels, 16 to 2048. Default: the size that the network declares; 224 where it leaves the size open.
    /// </summary>
    public int? InputSize { get; init; }

    /// <summary>
    /// How an image is brought to the input size. Default: what the file's metadata says; without it, <see cref="ResizeMode.Stretch"/>.
    /// </summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>How pixel values become network inputs. Default: what the file's metadata says; without it, -1..1.</summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>Uses the classifier's logits as features. Default: false.</summary>
    internal bool EndsInClassifier { get; init; }
}
