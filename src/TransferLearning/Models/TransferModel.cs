using System.Collections.Immutable;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Models.Saving;
using TransferLearning.OutOfDistribution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

/// <summary>
/// A trained classifier: decodes an image, runs backbone and head, and gives one probability per class. Saved as one ONNX file that any
/// ONNX runtime can serve. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe: any number of threads may predict with one model, and should share it. It takes the memory of the weights twice, as stored
/// and as compiled, and of one workspace per thread that has predicted at the same time. <see cref="Dispose"/> waits for predictions in
/// progress and frees the compiled network. No file stays open.
/// </remarks>
public sealed partial class TransferModel : IDisposable
{
    private readonly ModelMetadata _metadata;
    private readonly Graph _graph;
    private readonly ModelOutput _output;
    private readonly PredictionEngine _predictions;

    /// <summary>Joins a backbone and a head.</summary>
    /// <param name="backbone">Computes the features.</param>
    /// <param name="head">Classifies them.</param>
    /// <param name="labels">The classes in the head's order, each once.</param>
    /// <param name="origin">How the model was made; null to record the backbone's name only.</param>
    /// <remarks>Copies no weights. The network is compiled at the first prediction.</remarks>
    /// <exception cref="ArgumentException">The head does not fit the backbone or the labels, or a label occurs twice.</exception>
    public TransferModel(Backbone backbone, LinearHead head, IReadOnlyList<string> labels, ModelOrigin? origin = null)
        : this(
            Join(backbone, head, labels),
            new ModelMetadata([.. labels], backbone.Preprocessing, origin ?? new ModelOrigin { Backbone = backbone.Name }),
            EmbeddedEngine.Instance)
    {
    }

    private TransferModel(Graph graph, ModelMetadata metadata, INetworkEngine engine)
        : this(graph, metadata, ModelOutput.Of(graph, metadata.Labels, metadata.Detector is not null), engine)
    {
    }

    private TransferModel(Graph graph, ModelMetadata metadata, ModelOutput output, INetworkEngine engine)
        : this(graph, metadata, output, engine, Predictions(graph, metadata.Preprocessing, output, engine))
    {
    }

    private TransferModel(Graph graph, ModelMetadata metadata, ModelOutput output, INetworkEngine engine, PredictionEngine predictions) =>
        (_graph, _metadata, _output, Engine, _predictions) = (graph, metadata, output.With(metadata.Detector), engine, predictions);

    /// <summary>The classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Labels => _metadata.Labels;

    /// <summary>Size and scaling of the input.</summary>
    public ImagePreprocessing Preprocessing => _metadata.Preprocessing;

    /// <summary>
    /// The formats of the image files, streams and bytes that the model predicts: those of the pipeline that made it, or those it was
    /// loaded with. Images of an <see cref="Data.ImageDataset"/> have their own.
    /// </summary>
    public ImageFormats Formats { get; private init; } = ImageFormats.BuiltIn;

    /// <summary>
    /// The largest files and images that the model predicts, if it was loaded with any; see <see cref="ModelLoadOptions.Limits"/>.
    /// </summary>
    public ImageLimits? Limits { get; private init; }

    /// <summary>
    /// What runs the network: the engine of the pipeline that made the model, or the one it was loaded with. The file of a model does not
    /// depend on it.
    /// </summary>
    public INetworkEngine Engine { get; }

    /// <summary>How the model was made.</summary>
    public ModelOrigin Origin => _metadata.Origin;

    /// <summary>
    /// The share of images of the model's own classes, 0..1, that <see cref="Prediction.IsUnknown"/> is expected to reject wrongly: the
    /// detector's threshold was chosen for it. Null where the model has no out-of-distribution detector.
    /// </summary>
    public double? FalseRejectRate => _metadata.Detector?.FalseRejectRate;

    /// <summary>
    /// True where the model keeps the mean features of each class and their common covariance, as part of its out-of-distribution detector.
    /// It can then be trained further (<c>TransferPipeline.ContinueFrom</c>) without images of all its classes.
    /// </summary>
    public bool RemembersClasses => Detector?.Distance.Classes == Labels.Count;

    /// <summary>The model as messages name it.</summary>
    internal string Name { get => field ?? $"of the backbone {Origin.Backbone}"; private init; }

    internal OutOfDistributionDetector? Detector => _metadata.Detector;

    /// <summary>
    /// Waits for predictions in progress, then frees the network's memory. The model cannot predict afterwards, but can still be saved.
    /// </summary>
    public void Dispose() => _predictions.Dispose();

    /// <summary>Puts the model's name before the messages of what computes.</summary>
    private T Compute<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (NetworkEngineException e)
        {
            throw CannotRun(e);
        }
        catch (TransferLearningException e)
        {
            throw new TransferLearningException($"the model {Name} {e.Message}", e);
        }
    }

    private TransferLearningException CannotRun(NetworkEngineException e) => new($"the model {Name} cannot run: {e.Message}", e);

    private static PredictionEngine Predictions(
        Graph graph, ImagePreprocessing preprocessing, ModelOutput output, INetworkEngine engine) =>
        new(engine, new EngineNetwork(graph, preprocessing, output.Name, output.Length), preprocessing);

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

        int distinct = labels.Distinct(StringComparer.Ordinal).Count();
        return labels.Count == head.Classes && distinct == labels.Count
            ? ModelGraph.Join(backbone.Graph, head)
            : throw new ArgumentException(
                $"the head has {head.Classes} classes, but there are {labels.Count} labels, {distinct} of them distinct", nameof(labels));
    }
}
