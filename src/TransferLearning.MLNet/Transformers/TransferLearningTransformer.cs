using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;
using TransferLearning.Models;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.MLNet;

/// <summary>
/// A transfer model in an ML.NET pipeline. From a column of images it computes Score, a vector with the probability of each class and the
/// classes as slot names, and PredictedLabel, a key. Immutable; thread-safe until it is disposed of.
/// </summary>
/// <remarks>
/// An image that cannot be read or decoded gets NaN in every slot and a missing key, never the scores of another image, and a warning in
/// the log of the context. ML.NET saves the transformer as a chain of its own transformers, and loads it in any process that has the
/// assembly TransferLearning.MLNet; the image column must then be of the same type as before. The extension method
/// <c>FindTransferModel</c> finds the model in what was loaded.
/// </remarks>
public sealed class TransferLearningTransformer : ITransformer, IDisposable
{
    private readonly MLContext _context;
    private readonly ModelScorer _scorer;
    private readonly TransferLearningColumns _columns;
    private readonly ImageColumn _savedColumn;
    private readonly bool _ownsModel;

    /// <param name="context">Makes transformers.</param>
    /// <param name="model">The model.</param>
    /// <param name="classes">The classes in the order of the slots; all of the model's are among them.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="savedColumn">The column of images as saved models expect it.</param>
    /// <param name="report">Receives a sentence for each image that gets no scores; null to report nothing.</param>
    /// <param name="ownsModel">Whether the model is disposed of with the transformer.</param>
    internal TransferLearningTransformer(
        MLContext context,
        TransferModel model,
        IReadOnlyList<string> classes,
        TransferLearningColumns columns,
        ImageColumn savedColumn,
        Action<string>? report,
        bool ownsModel)
    {
        (_context, Model, Classes, _columns) = (context, model, [.. classes], columns);
        (_savedColumn, _ownsModel) = (savedColumn, ownsModel);
        _scorer = new ModelScorer(model, ModelScorer.SlotsOf(model, classes), classes.Count, report);
    }

    /// <summary>The model, which can also be saved as ONNX and used without ML.NET.</summary>
    public TransferModel Model { get; }

    /// <summary>The classes in the order of the score's slots: that of the label's key.</summary>
    public IReadOnlyList<string> Classes { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>
    /// Writes the model as one ONNX file, which <c>ApplyOnnxModel</c> and any ONNX runtime can serve: see
    /// <see cref="TransferModel.Save(string)"/>. All weights are float32, as ML.NET's reader of ONNX knows no smaller type. ML.NET's own
    /// <c>ConvertToOnnx</c> cannot include transformers of other libraries.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="TransferLearningException">The file cannot be written.</exception>
    public void SaveAsOnnx(string path) => Model.Save(path, OnnxWeightType.Float32Only);

    /// <inheritdoc/>
    /// <exception cref="TransferLearningException">The column of images is missing, or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapping(inputSchema).GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <remarks>Lazy: each row is computed when it is read, and again whenever it is read again.</remarks>
    /// <exception cref="TransferLearningException">The column of images is missing, or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Mapping(input.Schema).Transform(input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Mapping(inputSchema).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        SavedChain.OfScores(_context, SavedState.Of(Model, Classes), Classes, _columns, _savedColumn).Save(ctx);

    /// <summary>
    /// Frees the network's memory if an estimator made the transformer, by training or from a model file. It cannot score afterwards.
    /// </summary>
    public void Dispose()
    {
        if (_ownsModel)
        {
            Model.Dispose();
        }
    }

    private ITransformer Mapping(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ImageMapping.Create<AddedColumns.ScoreRow>(
            _context, input, ImageColumn.Of(input, _columns.Image), (image, row) =>
            {
                ImageScores scores = _scorer.Score(image);
                row.Score = new VBuffer<float>(scores.Values.Length, scores.Values);
                row.PredictedLabel = scores.Class;
            },
            AddedColumns.Scores(_columns, Classes));
    }
}
