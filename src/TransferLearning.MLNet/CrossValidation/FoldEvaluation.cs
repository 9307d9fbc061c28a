using Microsoft.ML;
using Microsoft.ML.Runtime;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.MLNet.Contexts;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Training;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.MLNet.CrossValidation;

/// <summary>Cross-validates with this library, and gives each fold as ML.NET does. Serves one run.</summary>
internal sealed class FoldEvaluation
{
    private readonly MLContext _context = new();
    private readonly MulticlassClassificationCatalog _catalog;
    private readonly IHostEnvironment _environment;
    private readonly RunLog _log;
    private readonly TransferLearningOptions _options;

    public FoldEvaluation(MulticlassClassificationCatalog catalog, TransferLearningOptions options)
    {
        InvalidOptionsException.ThrowIfAny(options.Validate());
        (_catalog, _options, _environment) = (catalog, options, CatalogEnvironment.Of(catalog));
        _log = new RunLog(_environment, "TransferCrossValidate");
    }

    public IReadOnlyList<TransferCrossValidationResult> Run(IDataView data)
    {
        using var rows = LabeledRows.Read(
            data,
            _options.ImageColumnName,
            _options.LabelColumnName,
            _options.SamplingKeyColumnName,
            CatalogEnvironment.TempFolder(_environment));
        CrossValidationResult result = new StrategyTraining(_options, _log)
            .CrossValidate(rows.Images, validation: null, _options.CrossValidation!);
        result.Model.Dispose();
        int[] foldOf = FoldsOfRows(rows.Images, result.OutOfFold);
        return [.. result.Folds.Where(f => f.Repeat == 0).Select(f => Evaluate(data, rows, result, f.Number, foldOf))];
    }

    /// <summary>[rows]: the fold of each row; -1 for a row that was left out.</summary>
    private static int[] FoldsOfRows(ImageDataset rows, OutOfFoldPredictions predictions)
    {
        int[] folds = new int[rows.Count];
        int used = 0;
        for (int row = 0; row < folds.Length; row++)
        {
            // What was left out is missing; the rest is in the same order.
            bool isUsed = used < predictions.Images.Count
                && predictions.Images.Images[used].Path == rows.Images[row].Path && rows.Images[row].Label is not null;
            folds[row] = isUsed ? predictions.Folds[used++] : -1;
        }

        return folds;
    }

    private TransferCrossValidationResult Evaluate(
        IDataView data, LabeledRows rows, CrossValidationResult result, int fold, int[] foldOf)
    {
        (Backbone backbone, LinearHead head) = result.FoldNetworks[fold];
        var model = new TransferModel(backbone, head, result.OutOfFold.Images.Labels);
        var transformer = new TransferLearningTransformer(
            _context, model, rows.Classes, _options.Columns, rows.Column, _log.Warning, ownsModel: true);
        IDataView heldOut = new RowSubset(data, Array.ConvertAll(foldOf, f => f == fold));
        IDataView scored = _context.Data.Cache(transformer.Transform(heldOut));
        return new TransferCrossValidationResult
        {
            Fold = fold,
            Model = transformer,
            ScoredHoldOutSet = scored,
            Metrics = _catalog.Evaluate(
                scored, _options.LabelColumnName, _options.ScoreColumnName, _options.PredictedLabelColumnName),
        };
    }
}
