using System.Collections.Immutable;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models.Saving;
using TransferLearning.OutOfDistribution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

/// <summary>
/// A ready classifier: decodes an image, runs backbone and head, and gives a probability a class. Saved as one ONNX file that any
/// ONNX runtime can serve. Immutable; thread-safe: any number of threads may predict with one model. Dispose of it to free its memory
/// at once.
/// </summary>
public sealed partial class TransferModel : IDisposable
{
    private readonly ModelMetadata _metadata;
    private readonly Graph _graph;
    private readonly ModelOutput _output;
    private readonly PredictionEngine _engine;

    /// <summary>Joins a backbone and a head.</summary>
    /// <param name="backbone">Computes the features.</param>
    /// <param name="head">Classifies them.</param>
    /// <param name="labels">The classes in the head's order, each once.</param>
    /// <param name="origin">How the model was made; null for nothing but the backbone's name.</param>
    /// <exception cref="ArgumentException">The head does not fit the backbone or the labels, or a label occurs twice.</exception>
    public TransferModel(Backbone backbone, LinearHead head, IReadOnlyList<string> labels, ModelOrigin? origin = null)
        : this(
            Join(backbone, head, labels),
            new ModelMetadata([.. labels], backbone.Preprocessing, origin ?? new ModelOrigin { Backbone = backbone.Name }))
    {
    }

    private TransferModel(Graph graph, ModelMetadata metadata)
        : this(graph, metadata, ModelOutput.Of(graph, metadata.Labels, metadata.Unknown is not null))
    {
    }

    private TransferModel(Graph graph, ModelMetadata metadata, ModelOutput output)
        : this(graph, metadata, output, new PredictionEngine(graph, metadata.Preprocessing, output.Name))
    {
    }

    private TransferModel(Graph graph, ModelMetadata metadata, ModelOutput output, PredictionEngine engine) =>
        (_graph, _metadata, _output, _engine) = (graph, metadata, output.With(metadata.Unknown), engine);

    /// <summary>The classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Labels => _metadata.Labels;

    /// <summary>Size and scaling of the input.</summary>
    public ImagePreprocessing Preprocessing => _metadata.Preprocessing;

    /// <summary>
    /// The formats of the image files, streams and bytes that the model predicts: those of the pipeline that made it, or those it was
    /// loaded with. Images of an <see cref="Data.ImageDataset"/> have their own.
    /// </summary>
    public ImageFormats Formats { get; private init; } = ImageFormats.BuiltIn;

    /// <summary>How the model was made.</summary>
    public ModelOrigin Origin => _metadata.Origin;

    /// <summary>
    /// The share of images of the model's classes that <see cref="Prediction.IsUnknown"/> was set to reject wrongly, 0..1; null where the
    /// model cannot tell images of none of its classes.
    /// </summary>
    public double? FalseRejectRate => _metadata.Unknown?.FalseRejectRate;

    /// <summary>
    /// True where the model keeps what the features of each class look like (their means and common covariance, which tell unknown images):
    /// it can then be trained further (<c>TransferPipeline.ContinueFrom</c>) without images of all its classes.
    /// </summary>
    public bool RemembersClasses => Detector?.Distance.Classes == Labels.Count;

    internal OutOfDistributionDetector? Detector => _metadata.Unknown;

    /// <summary>Frees the network's memory, after the predictions in progress. The model cannot predict afterwards.</summary>
    public void Dispose() => _engine.Dispose();

    /// <summary>The same model, able to tell images of none of its classes. This one is not disposed of.</summary>
    internal TransferModel With(OutOfDistributionDetector detector) =>
        new(_graph, _metadata with { Unknown = detector }) { Formats = Formats };

    /// <summary>The same model for other image formats. This one is not disposed of.</summary>
    internal TransferModel With(ImageFormats formats) => new(_graph, _metadata) { Formats = formats };

    private static Graph Join(Backbone backbone, LinearHead head, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(labels);
        if (head.FeatureSize != backbone.FeatureSize)
        {
            throw new ArgumentException(
                $"the head is for {head.FeatureSize} features, but {backbone} gives {backbone.FeatureSize}", nameof(head));
        }

        int different = labels.Distinct(StringComparer.Ordinal).Count();
        return labels.Count == head.Classes && different == labels.Count
            ? ModelGraph.Join(backbone.Graph, head)
            : throw new ArgumentException(
                $"the head has {head.Classes} classes, but there are {labels.Count} labels, {different} of them different", nameof(labels));
    }
}
