using TransferLearning;
using TransferLearning.Data;
using TransferLearning.MLNet;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.Models;

namespace Microsoft.ML;

/// <summary>Extension methods that bring this library into ML.NET's catalogs.</summary>
public static class TransferLearningCatalog
{
    /// <summary>
    /// Creates an estimator that trains an image classifier with a strategy of this library, instead of <c>ImageClassification</c>.
    /// </summary>
    /// <param name="catalog">ML.NET's trainers.</param>
    /// <param name="train">
    /// A function that trains a model on images, such as <c>images => TransferPipeline.CrossValidate(images).Fit().Model</c>. The labels of
    /// the images are the names of their classes; rows with a missing label give unlabeled images. Null for fine-tuning with the defaults.
    /// </param>
    /// <param name="columns">The columns' names; null for Image, Label, Score and PredictedLabel.</param>
    /// <exception cref="InvalidOptionsException">The columns' names cannot be used.</exception>
    public static TransferLearningEstimator TransferLearning(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        Func<ImageDataset, TransferModel>? train = null,
        TransferLearningColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TransferLearningEstimator(
            train ?? (images => TransferPipeline.FineTune(images).Fit().Model), columns ?? new TransferLearningColumns());
    }

    /// <summary>Makes a transformer of a model, for ML.NET pipelines whose images are encoded files in a column of byte vectors.</summary>
    /// <param name="model">A trained or loaded model. The transformer does not dispose of it.</param>
    /// <param name="mlContext">ML.NET's context.</param>
    /// <param name="columns">The columns' names; null for Image, Score and PredictedLabel.</param>
    /// <exception cref="InvalidOptionsException">The columns' names cannot be used.</exception>
    public static TransferLearningTransformer ToTransformer(
        this TransferModel model, MLContext mlContext, TransferLearningColumns? columns = null) =>
        model.ToTransformer(mlContext, TransferLearningImages.Encoded, columns);

    /// <summary>Makes a transformer of a model, for ML.NET pipelines.</summary>
    /// <param name="model">A trained or loaded model. The transformer does not dispose of it.</param>
    /// <param name="mlContext">ML.NET's context.</param>
    /// <param name="images">What the column of images holds.</param>
    /// <param name="columns">The columns' names; null for Image, Score and PredictedLabel.</param>
    /// <exception cref="InvalidOptionsException">The columns' names cannot be used.</exception>
    public static TransferLearningTransformer ToTransformer(
        this TransferModel model, MLContext mlContext, TransferLearningImages images, TransferLearningColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(mlContext);
        columns ??= new TransferLearningColumns();
        InvalidOptionsException.ThrowIfAny(columns.Validate());
        var kind = ImageColumn.Of(images);
        return TransferLearningTransformer.Create(mlContext, model, model.Labels, columns, kind, kind.NoRows(mlContext, columns.Image));
    }
}
