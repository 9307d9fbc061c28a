using TransferLearning;
using TransferLearning.MLNet;
using TransferLearning.MLNet.Contexts;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Transformers;
using TransferLearning.Models;

namespace Microsoft.ML;

/// <summary>Extension methods that bring trained transfer models into ML.NET pipelines, and out of them.</summary>
public static class TransferModelCatalog
{
    /// <summary>Scores images with a saved model.</summary>
    /// <param name="catalog">ML.NET's transforms.</param>
    /// <param name="path">The file that <see cref="TransferModel.Save(string)"/> wrote. It is read by <c>Fit</c>.</param>
    /// <param name="columns">The columns' names; null for Image, Score and PredictedLabel.</param>
    /// <exception cref="InvalidOptionsException">The columns' names cannot be used.</exception>
    public static TransferModelEstimator ApplyTransferModel(
        this TransformsCatalog catalog, string path, TransferLearningColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new TransferModelEstimator(CatalogEnvironment.Of(catalog), path, columns ?? new TransferLearningColumns());
    }

    /// <summary>Makes a transformer of a model. A saved one expects encoded files in a column of byte vectors.</summary>
    /// <param name="model">A trained or loaded model. The transformer does not dispose of it.</param>
    /// <param name="mlContext">ML.NET's context.</param>
    /// <param name="columns">The columns' names; null for Image, Score and PredictedLabel.</param>
    /// <exception cref="InvalidOptionsException">The columns' names cannot be used.</exception>
    public static TransferLearningTransformer ToTransformer(
        this TransferModel model, MLContext mlContext, TransferLearningColumns? columns = null) =>
        model.ToTransformer(mlContext, TransferLearningImages.Encoded, columns);

    /// <summary>Makes a transformer of a model.</summary>
    /// <param name="model">A trained or loaded model. The transformer does not dispose of it.</param>
    /// <param name="mlContext">ML.NET's context.</param>
    /// <param name="images">What the column of images holds where the transformer is saved and loaded again.</param>
    /// <param name="columns">The columns' names; null for Image, Score and PredictedLabel.</param>
    /// <exception cref="InvalidOptionsException">The columns' names cannot be used.</exception>
    public static TransferLearningTransformer ToTransformer(
        this TransferModel model, MLContext mlContext, TransferLearningImages images, TransferLearningColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(mlContext);
        columns ??= new TransferLearningColumns();
        InvalidOptionsException.ThrowIfAny(columns.Validate());
        var log = new RunLog(mlContext, "TransferLearning");
        return new TransferLearningTransformer(
            mlContext, model, model.Labels, columns, ImageColumn.Of(images, columns.Image), log.Warning, ownsModel: false);
    }

    /// <summary>
    /// Finds the transfer model in a pipeline that was fitted, or saved and loaded: its labels, how it was made, and its ONNX file by
    /// <see cref="TransferModel.Save(string)"/>.
    /// </summary>
    /// <param name="transformer">The pipeline.</param>
    /// <returns>The first transfer model in it, to be disposed of; null where there is none.</returns>
    /// <exception cref="TransferLearningException">The model in a loaded pipeline is damaged.</exception>
    public static TransferModel? FindTransferModel(this ITransformer transformer)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return SavedModel.Find(transformer);
    }
}
