using Microsoft.ML;
using Microsoft.ML.Runtime;
using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.MLNet.Contexts;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet;

/// <summary>
/// Computes the features of images by a pre-trained network, for any trainer of ML.NET. Made by
/// <c>mlContext.Transforms.ImageFeatures(...)</c>. Immutable; thread-safe.
/// </summary>
public sealed class ImageFeaturesEstimator : IEstimator<ImageFeaturesTransformer>
{
    private readonly MLContext _context = new();
    private readonly IHostEnvironment _environment;
    private readonly RunLog _log;
    private readonly ImageFeaturesOptions _options;
    private readonly Lazy<Backbone> _backbone;

    internal ImageFeaturesEstimator(IHostEnvironment environment, ImageFeaturesOptions options)
    {
        InvalidOptionsException.ThrowIfAny(options.Validate());
        (_environment, _log, _options) = (environment, new RunLog(environment, "ImageFeatures"), options);
        _backbone = new Lazy<Backbone>(() => options.Backbone ?? Backbone.ResNet18);
    }

    /// <summary>
    /// Computes the features of all rows, on all processors, and keeps them, so that trainers that read the rows again and again get them
    /// at once. What the cache already has is not computed again. Blocks.
    /// </summary>
    /// <param name="input">Data with a column of images.</param>
    /// <returns>The transformer; dispose of it.</returns>
    /// <exception cref="TransferLearningException">
    /// The column is missing or of another type, there are no rows, or none of the images can be used.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token of the options was canceled.</exception>
    public ImageFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var rows = LabeledRows.Read(
            input, _options.InputOrOutput, labelColumn: null, groupColumn: null, CatalogEnvironment.TempFolder(_environment));
        BottleneckCache? cache = _options.Cache;
        var extraction = new ExtractionOptions { Threads = _options.Threads };
        var decision = NormalizationDecision.Of(_backbone.Value, rows.Images, cache, extraction, _options.CancellationToken);
        var extractor = new BottleneckExtractor(decision.Backbone, cache, extraction);
        Extraction features = extractor.Extract(rows.Images, progress: null, _options.CancellationToken);
        Log(decision, features.Summary);
        var computer = new FeatureComputer(decision.Backbone, cache, _log.Warning);
        computer.Remember(features);
        return new ImageFeaturesTransformer(_context, computer, _options, rows.Column);
    }

    /// <inheritdoc/>
    /// <exception cref="TransferLearningException">The column of images is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return OutputShape.OfFeatures(
            _context, inputSchema, _options.InputOrOutput, _options.OutputColumnName, _backbone.Value.FeatureSize);
    }

    private void Log(NormalizationDecision decision, ExtractionSummary summary)
    {
        string counts = FormattableString.Invariant($"{summary.CacheMisses} images computed, {summary.CacheHits} from the cache");
        _log.Info(FormattableString.Invariant($"{decision.Backbone.Name}: {counts}, {summary.Seconds:0.0} s"));
        foreach (string note in decision.Notes.Concat(summary.Warnings))
        {
            _log.Warning(note);
        }
    }
}
