using Microsoft.ML;
using Microsoft.ML.Runtime;
using TransferLearning.Data;
using TransferLearning.MLNet.Contexts;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Training;
using TransferLearning.Models;

namespace TransferLearning.MLNet;

/// <summary>
/// Trains a model on ML.NET data with a strategy of this library. Made by
/// <c>mlContext.MulticlassClassification.Trainers.TransferLearning(...)</c>. Immutable; thread-safe where the training function is.
/// </summary>
public sealed class TransferLearningEstimator : IEstimator<TransferLearningTransformer>
{
    private const string StepName = "TransferLearning";

    private readonly MLContext _context = new();
    private readonly IHostEnvironment _environment;
    private readonly RunLog _log;
    private readonly TransferLearningColumns _columns;
    private readonly string? _groupColumn;
    private readonly Func<ImageDataset, ImageDataset?, TransferModel> _train;

    /// <param name="environment">The user's.</param>
    /// <param name="options">Columns, strategy and settings.</param>
    internal TransferLearningEstimator(IHostEnvironment environment, TransferLearningOptions options)
    {
        InvalidOptionsException.ThrowIfAny(options.Validate());
        (_environment, _log) = (environment, new RunLog(environment, StepName));
        (_columns, _groupColumn) = (options.Columns, options.SamplingKeyColumnName);
        _train = new StrategyTraining(options, _log).Train;
    }

    /// <param name="environment">The user's.</param>
    /// <param name="train">Trains a model on images.</param>
    /// <param name="columns">The columns' names.</param>
    internal TransferLearningEstimator(
        IHostEnvironment environment, Func<ImageDataset, TransferModel> train, TransferLearningColumns columns)
    {
        InvalidOptionsException.ThrowIfAny(columns.Validate());
        (_environment, _log, _columns) = (environment, new RunLog(environment, StepName), columns);
        _train = (images, validation) => validation is null ? train(images) : throw new TransferLearningException(
            "a training function gets no validation data: give it to the function's pipeline by WithValidation");
    }

    /// <summary>Reads all rows, trains a model on them and returns it as a transformer. Blocks.</summary>
    /// <param name="input">
    /// Data with a column of images and a key column of labels. Rows without a label are not learned from, unless the strategy is parallel
    /// training; images that cannot be read or decoded are left out, each with a warning in the log.
    /// </param>
    /// <returns>The transformer, which owns the model: dispose of it.</returns>
    /// <remarks>
    /// The data is read once. Images in memory go to a temporary file in <see cref="MLContext.TempFilePath"/> meanwhile, so memory does not
    /// grow with the number of rows.
    /// </remarks>
    /// <exception cref="TransferLearningException">A column is missing or of another type, there are no rows, or training
    /// failed.</exception>
    /// <exception cref="OperationCanceledException">The training was canceled before there was a head.</exception>
    public TransferLearningTransformer Fit(IDataView input) => Fit(input, validationData: null);

    /// <summary>Trains as <see cref="Fit(IDataView)"/> does, and evaluates on other data.</summary>
    /// <param name="trainData">The rows to learn from.</param>
    /// <param name="validationData">
    /// Rows with the same columns, which the model is evaluated on, as the log and the model's metadata then say; null to hold out some of
    /// the others.
    /// </param>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public TransferLearningTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        using LabeledRows rows = Read(trainData);
        using LabeledRows? validation = validationData is null ? null : Read(validationData);
        TransferModel model = _train(rows.Images, validation?.Images);
        try
        {
            return new TransferLearningTransformer(_context, model, rows.Classes, _columns, rows.Column, _log.Warning, ownsModel: true);
        }
        catch
        {
            // It knows a class that the label column does not have: a training function may use other data.
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="TransferLearningException">A column is missing, or the label column is not a key.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return OutputShape.OfScores(_context, inputSchema, _columns, isTrainer: true);
    }

    private LabeledRows Read(IDataView data) =>
        LabeledRows.Read(data, _columns.Image, _columns.Label, _groupColumn, CatalogEnvironment.TempFolder(_environment));
}
