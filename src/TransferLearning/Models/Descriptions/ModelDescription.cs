using TransferLearning.Files;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models.Descriptions;

namespace TransferLearning.Models;

/// <summary>What a model says of itself. Immutable.</summary>
/// <remarks>
/// Thread-safe. A property is null where the model does not say it: files of earlier versions lack the version of the library, the license,
/// the trainer and the epochs.
/// </remarks>
public sealed record ModelDescription
{
    /// <summary>The file; null for a model that was not read by <see cref="TransferModel.DescribeFile"/>.</summary>
    public ModelFile? File { get; init; }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The name of the network without its classifier.</summary>
    public string? Backbone { get; init; }

    /// <summary>
    /// The fingerprint (<see cref="Backbones.Backbone.Fingerprint"/>) of the network that the training started from; null where the model
    /// is a network with its own classifier, or where an earlier version trained stages of the network.
    /// </summary>
    public string? BackboneFingerprint { get; init; }

    /// <summary>The number of features per image that the head classifies; null for a network with its own classifier.</summary>
    public int? Features { get; init; }

    /// <summary>The number of weights, of the network and the head.</summary>
    public required long Weights { get; init; }

    /// <summary>The license of the network's weights, in words. That of the training images is for the user to know.</summary>
    public string? WeightsLicense { get; init; }

    /// <summary>How the file stores the weights.</summary>
    public WeightPrecision? StoredAs { get; init; }

    /// <summary>The name of the network's input, [N, 3, height, width]. The output is <c>probabilities</c>, [N, classes].</summary>
    public required string InputName { get; init; }

    /// <summary>Size and scaling of the input.</summary>
    public required ImagePreprocessing Preprocessing { get; init; }

    /// <summary>How it was trained.</summary>
    public required ModelTraining Training { get; init; }

    /// <summary>How well it did then.</summary>
    public required ModelFigures Figures { get; init; }

    /// <summary>Whether it recognizes images of none of its classes.</summary>
    public required bool DetectsUnknown { get; init; }

    /// <summary>The number of hashes of training images that it keeps; null where it keeps none.</summary>
    public int? TrainingHashes { get; init; }

    /// <summary>The version of the library that made it.</summary>
    public string? LibraryVersion { get; init; }

    /// <summary>The version of the file's format; of a model that was not read from a file, the version that saving it gives.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>All facts of its origin by name, as the file has them.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>
    /// A model card in Markdown (Mitchell et al., "Model cards for model reporting", 2019): intended use, limits, data, figures, and how to
    /// load the model in C# and elsewhere. Whoever publishes the model completes it.
    /// </summary>
    /// <returns>The text, with lines that end in a line feed.</returns>
    public string ToModelCard() => ModelCard.Of(this);
}
