using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet;

/// <summary>
/// One fold of <c>mlContext.MulticlassClassification.TransferCrossValidate(...)</c>. ML.NET's own type for this has no public constructor.
/// Immutable.
/// </summary>
public sealed record TransferCrossValidationResult
{
    /// <summary>The number of the fold, from 0.</summary>
    public required int Fold { get; init; }

    /// <summary>The model that was trained on the other folds. Dispose of it.</summary>
    public required TransferLearningTransformer Model { get; init; }

    /// <summary>
    /// The rows of the fold with score and predicted label. They are computed when they are read first, and kept in memory.
    /// </summary>
    public required IDataView ScoredHoldOutSet { get; init; }

    /// <summary>ML.NET's metrics of the fold.</summary>
    public required MulticlassClassificationMetrics Metrics { get; init; }
}
