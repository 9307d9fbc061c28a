using Microsoft.ML;
using Microsoft.ML.Runtime;
using TransferLearning.MLNet.Contexts;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.MLNet.Rows;
using TransferLearning.Models;

namespace TransferLearning.MLNet;

/// <summary>
/// Adds a saved model to a pipeline. Made by <c>mlContext.Transforms.ApplyTransferModel(path)</c>. Learns nothing. Immutable; thread-safe.
/// </summary>
public sealed class TransferModelEstimator : IEstimator<TransferLearningTransformer>
{
    private readonly MLContext _context = new();
    private readonly RunLog _log;
    private readonly string _path;
    private readonly TransferLearningColumns _columns;

    internal TransferModelEstimator(IHostEnvironment environment, string path, TransferLearningColumns columns)
    {
        InvalidOptionsException.ThrowIfAny(columns.Validate());
        (_log, _path, _columns) = (new RunLog(environment, "ApplyTransferModel"), path, columns);
    }

    /// <summary>Reads the model; of the data, only the schema matters.</summary>
    /// <param name="input">Data with a column of images.</param>
    /// <returns>The transformer, which owns the model: dispose of it.</returns>
    /// <exception cref="TransferLearningException">
    /// The file is not a model, or the column of images is missing or of another type.
    /// </exception>
    public TransferLearningTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var column = ImageColumn.Of(input.Schema, _columns.Image);
        var model = TransferModel.Load(_path);
        return new TransferLearningTransformer(_context, model, model.Labels, _columns, column, _log.Warning, ownsModel: true);
    }

    /// <inheritdoc/>
    /// <exception cref="TransferLearningException">The column of images is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return OutputShape.OfScores(_context, inputSchema, _columns, isTrainer: false);
    }
}
