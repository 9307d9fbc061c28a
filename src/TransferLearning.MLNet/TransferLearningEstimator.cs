using Microsoft.ML;
using TransferLearning.Data;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.Models;

namespace TransferLearning.MLNet;

/// <summary>
/// Trains a model on ML.NET data with a strategy of this library. Created by
/// <see cref="TransferLearningCatalog.TransferLearning"/>. Immutable; thread-safe where the training function is.
/// </summary>
public sealed class TransferLearningEstimator : IEstimator<TransferLearningTransformer>
{
    // ML.NET's catalogs do not expose their context.
    private readonly MLContext _context = new();
    private readonly Func<ImageDataset, TransferModel> _train;
    private readonly TransferLearningColumns _columns;

    internal TransferLearningEstimator(Func<ImageDataset, TransferModel> train, TransferLearningColumns columns)
    {
        InvalidOptionsException.ThrowIfAny(columns.Validate());
        (_train, _columns) = (train, columns);
    }

    /// <summary>Reads all rows, trains a model on them and returns it as a transformer. Rows without a label are not trained on.</summary>
    /// <param name="input">Data with a column of images and a key column of labels.</param>
    /// <exception cref="TransferLearningException">A column is missing or of another type, there are no rows, or training
    /// failed.</exception>
    public TransferLearningTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var rows = LabeledRows.Read(input, _columns);
        TransferModel model = _train(rows.Images);
        return TransferLearningTransformer.Create(_context, model, rows.Classes, _columns, rows.Kind, input);
    }

    /// <inheritdoc/>
    /// <exception cref="TransferLearningException">A column is missing, or the label column is not a key.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return OutputShape.Of(_context, inputSchema, _columns);
    }
}
