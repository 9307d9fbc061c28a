using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.Models;

namespace TransferLearning.MLNet;

/// <summary>
/// A transfer model in an ML.NET pipeline. From a column of images it computes Score, a vector with the probability of each class and the
/// classes as slot names, and PredictedLabel, a key. ML.NET saves it as a chain of ML.NET's own transformers, and loads it in any process
/// that has the assembly TransferLearning.MLNet; the image column must then be of the same type as before. An image that cannot be decoded
/// gets NaN in every slot and a missing key, never the scores of another image. Immutable; thread-safe.
/// </summary>
public sealed class TransferLearningTransformer : ITransformer
{
    private readonly ITransformer _chain;

    internal TransferLearningTransformer(TransferModel model, IReadOnlyList<string> classes, ITransformer chain) =>
        (Model, Classes, _chain) = (model, [.. classes], chain);

    /// <summary>The model, which can also be saved as ONNX and used without ML.NET.</summary>
    public TransferModel Model { get; }

    /// <summary>The classes in the order of the score's slots: that of the label's key.</summary>
    public IReadOnlyList<string> Classes { get; }

    bool ITransformer.IsRowToRowMapper => _chain.IsRowToRowMapper;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _chain.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => _chain.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => _chain.Save(ctx);

    internal static TransferLearningTransformer Create(
        MLContext context,
        TransferModel model,
        IReadOnlyList<string> classes,
        TransferLearningColumns columns,
        ImageColumn kind,
        IDataView data) => new(model, classes, ScoringChain.Create(context, model, classes, columns, kind, data));
}
