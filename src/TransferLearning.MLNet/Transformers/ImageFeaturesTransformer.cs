using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;
using TransferLearning.Models;

namespace TransferLearning.MLNet;

/// <summary>
/// Adds the features of a column of images. Those of the images that the estimator was fitted on are kept; those of others are computed
/// when their row is read, once per content. Immutable; thread-safe until it is disposed of.
/// </summary>
/// <remarks>
/// An image that cannot be read or decoded gets NaN in every slot, which ML.NET's trainers leave out, and a warning in the log. ML.NET
/// saves the transformer with the network, as a chain of its own transformers, and loads it in any process that has the assembly
/// TransferLearning.MLNet. The cache's files stay open until <see cref="Dispose"/>, which writes what is not yet in them.
/// </remarks>
public sealed class ImageFeaturesTransformer : ITransformer, IDisposable
{
    private readonly MLContext _context;
    private readonly FeatureComputer _features;
    private readonly ImageFeaturesOptions _options;
    private readonly ImageColumn _savedColumn;

    internal ImageFeaturesTransformer(
        MLContext context, FeatureComputer features, ImageFeaturesOptions options, ImageColumn savedColumn) =>
        (_context, _features, _options, _savedColumn) = (context, features, options, savedColumn);

    /// <summary>The network, with its normalization decided.</summary>
    public Backbone Backbone => _features.Backbone;

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="TransferLearningException">The column of images is missing, or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapping(inputSchema).GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <remarks>Lazy: features are computed when their row is read first.</remarks>
    /// <exception cref="TransferLearningException">The column of images is missing, or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Mapping(input.Schema).Transform(input);
    }

    /// <summary>
    /// Joins the network with a linear classifier that ML.NET trained on its features (SDCA or L-BFGS maximum entropy), to a model that is
    /// saved as one ONNX file and predicts without ML.NET. Transformers between the two, such as a normalization of the features, are not
    /// included: leave them out of the pipeline.
    /// </summary>
    /// <param name="classifier">The parameters of the trained transformer: its <c>Model</c>.</param>
    /// <param name="classes">The names of the classes in the order of the label's key.</param>
    /// <returns>The model; dispose of it.</returns>
    /// <exception cref="ArgumentException">The classifier is of another number of features or classes, or a class occurs twice.</exception>
    public TransferModel ToModel(MaximumEntropyModelParameters classifier, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(classes);
        VBuffer<float>[]? weights = null;
        classifier.GetWeights(ref weights, out int count);
        return ToModel([.. weights!.Take(count)], [.. classifier.GetBiases()], classes);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Mapping(inputSchema).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        var state = new SavedState(SavedKind.Features, Backbone.FeatureSize, [], Backbone.WriteStored());
        SavedChain.OfFeatures(_context, state, _options.OutputColumnName, _savedColumn).Save(ctx);
    }

    /// <summary>Writes what is not yet in the cache, and frees the network's memory. It cannot compute features afterwards.</summary>
    public void Dispose() => _features.Dispose();

    private TransferModel ToModel(VBuffer<float>[] weights, float[] biases, IReadOnlyList<string> classes)
    {
        float[] rows = [.. weights.SelectMany(w => w.DenseValues())];
        if (rows.Length != classes.Count * Backbone.FeatureSize || biases.Length != classes.Count)
        {
            throw new ArgumentException(
                $"the classifier has {biases.Length} classes of {(biases.Length == 0 ? 0 : rows.Length / biases.Length)} features, "
                + $"but there are {classes.Count} classes of {Backbone.FeatureSize}: give the classifier trained on these features",
                nameof(classes));
        }

        return new TransferModel(Backbone, new LinearHead(classes.Count, Backbone.FeatureSize, rows, biases), classes);
    }

    private ITransformer Mapping(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ImageMapping.Create<AddedColumns.FeatureRow>(
            _context, input, ImageColumn.Of(input, _options.InputOrOutput), (image, row) =>
            {
                float[] values = _features.Score(image).Values;
                row.Features = new VBuffer<float>(values.Length, values);
            },
            AddedColumns.Features(_options.OutputColumnName, Backbone.FeatureSize));
    }
}
