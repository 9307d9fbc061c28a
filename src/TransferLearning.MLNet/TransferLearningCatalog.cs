using TransferLearning;
using TransferLearning.Data;
using TransferLearning.MLNet;
using TransferLearning.MLNet.Contexts;
using TransferLearning.MLNet.CrossValidation;
using TransferLearning.Models;

namespace Microsoft.ML;

/// <summary>Extension methods that train image classifiers by transfer learning.</summary>
public static class TransferLearningCatalog
{
    /// <summary>Creates a trainer of image classifiers, which needs no TensorFlow.</summary>
    /// <param name="catalog">ML.NET's trainers.</param>
    /// <param name="labelColumnName">The column of classes, a key. Default: Label.</param>
    /// <param name="imageColumnName">The column of images: encoded files, paths, or <c>MLImage</c>. Default: Image.</param>
    /// <param name="options">Strategy and settings; the column names beside it take the place of its own. Null for the defaults.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    public static TransferLearningEstimator TransferLearning(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string imageColumnName = "Image",
        TransferLearningOptions? options = null) => catalog.TransferLearning(
            (options ?? new TransferLearningOptions()) with { LabelColumnName = labelColumnName, ImageColumnName = imageColumnName });

    /// <summary>Creates a trainer of image classifiers.</summary>
    /// <param name="catalog">ML.NET's trainers.</param>
    /// <param name="options">Columns, strategy and settings.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    public static TransferLearningEstimator TransferLearning(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, TransferLearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new TransferLearningEstimator(CatalogEnvironment.Of(catalog), options);
    }

    /// <summary>Creates a trainer of image classifiers that calls a function, for what the options do not offer.</summary>
    /// <param name="catalog">ML.NET's trainers.</param>
    /// <param name="train">
    /// A function that trains a model on images, such as <c>images => TransferPipeline.CrossValidate(images).Fit().Model</c>. The labels of
    /// the images are the names of their classes; rows with a missing label give unlabeled images.
    /// </param>
    /// <param name="columns">The columns' names; null for Image, Label, Score and PredictedLabel.</param>
    /// <exception cref="InvalidOptionsException">The columns' names cannot be used.</exception>
    public static TransferLearningEstimator TransferLearning(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        Func<ImageDataset, TransferModel> train,
        TransferLearningColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(train);
        return new TransferLearningEstimator(CatalogEnvironment.Of(catalog), train, columns ?? new TransferLearningColumns());
    }

    /// <summary>
    /// Cross-validates a transfer-learning classifier. The bottlenecks of all images are computed once, whatever the number of folds; the
    /// folds are stratified, and keep copies of an image and rows of one group together.
    /// </summary>
    /// <param name="catalog">ML.NET's tasks of multiclass classification.</param>
    /// <param name="data">Data with a column of images and a key column of labels.</param>
    /// <param name="numberOfFolds">The number of folds, 2..1000. Default: 5.</param>
    /// <param name="labelColumnName">The column of classes, a key. Default: Label.</param>
    /// <param name="imageColumnName">The column of images: encoded files, paths, or <c>MLImage</c>. Default: Image.</param>
    /// <param name="samplingKeyColumnName">
    /// The column whose equal values stay in one fold: text, a number or a key. Null for none. Default: null.
    /// </param>
    /// <param name="options">
    /// Other settings; <see cref="TransferLearningOptions.CrossValidation"/> may have the scheme of the folds. Null for the defaults.
    /// </param>
    /// <returns>One result per fold. Dispose of their models.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    /// <exception cref="TransferLearningException">A column is missing or of another type, or there are too few images.</exception>
    public static IReadOnlyList<TransferCrossValidationResult> TransferCrossValidate(
        this MulticlassClassificationCatalog catalog,
        IDataView data,
        int numberOfFolds = 5,
        string labelColumnName = "Label",
        string imageColumnName = "Image",
        string? samplingKeyColumnName = null,
        TransferLearningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new TransferLearningOptions();
        options = options with
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            SamplingKeyColumnName = samplingKeyColumnName,
            CrossValidation = (options.CrossValidation ?? new()) with { Folds = numberOfFolds },
        };
        return new FoldEvaluation(catalog, options).Run(data);
    }
}
