using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.MLNet.Contexts;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.MLNet.Training;

/// <summary>Trains a model with the strategy of the options, and logs how it did. Immutable; thread-safe.</summary>
internal sealed class StrategyTraining(TransferLearningOptions options, RunLog log)
{
    /// <param name="images">The rows' images.</param>
    /// <param name="validation">Images that the model is evaluated on; null to hold out some of the others.</param>
    public TransferModel Train(ImageDataset images, ImageDataset? validation)
    {
        if (options.CrossValidation is { } folds)
        {
            return CrossValidate(images, validation, folds).Model;
        }

        if (options.ParallelTraining is { } parallel)
        {
            ParallelTrainingResult result = Run(
                TransferPipeline.ParallelTrain(Rows(images, labeled: true), Rows(images, labeled: false), parallel), validation);
            return Logged(result.Model, result.Metrics.Accuracy, result.Metrics.Images, result.Extraction, result.Warnings);
        }

        FineTuningResult tuned = Run(TransferPipeline.FineTune(images, options.FineTuning), validation);
        return Logged(tuned.Model, tuned.Metrics.Accuracy, tuned.Metrics.Images, tuned.Extraction, tuned.Warnings);
    }

    /// <summary>Cross-validates, and trains the model on all images.</summary>
    /// <exception cref="TransferLearningException">There is validation data, which cross-validation does not use.</exception>
    public CrossValidationResult CrossValidate(ImageDataset images, ImageDataset? validation, CrossValidationOptions folds)
    {
        if (validation is not null)
        {
            throw new TransferLearningException(
                "Fit got validation data, but cross-validation evaluates on its folds: leave out the validation data, or fine-tune");
        }

        CrossValidationResult result = Run(TransferPipeline.CrossValidate(images, folds), validation: null);
        Logged(result.Model, result.MeanAccuracy, result.OutOfFold.Images.Count, result.Extraction, result.Warnings);
        return result;
    }

    private static ImageDataset Rows(ImageDataset images, bool labeled) => ImageDataset.FromImages(
        images.Images.Where(i => (i.Label is not null) == labeled));

    private T Run<T>(TransferPipeline<T> pipeline, ImageDataset? validation) =>
        Configure(pipeline, validation).Fit(options.Progress, options.CancellationToken);

    private TransferPipeline<T> Configure<T>(TransferPipeline<T> pipeline, ImageDataset? validation)
    {
        pipeline = pipeline.WithThreads(options.Threads).WithNearCopies(options.NearCopies);
        pipeline = options.KeepTrainingHashes ? pipeline : pipeline.WithoutTrainingHashes();
        pipeline = options.Backbone is { } backbone ? pipeline.WithBackbone(backbone) : pipeline;
        pipeline = options.Retrainer is { } retrainer ? pipeline.WithRetrainer(retrainer) : pipeline;
        pipeline = options.BottleneckCache is { } cache ? pipeline.WithBottleneckCache(cache) : pipeline;
        pipeline = options.KeepBottlenecks ? pipeline : pipeline.WithoutBottleneckCache();
        pipeline = validation is not null ? pipeline.WithValidation(validation)
            : options.ValidationFraction is { } fraction ? pipeline.WithValidation(fraction) : pipeline;

        // Another retrainer may support no seed: it gets one only if it is asked for.
        return options.Seed is { } seed ? pipeline.WithSeed(seed)
            : options.Retrainer is null ? pipeline.WithSeed(log.NextSeed()) : pipeline;
    }

    private TransferModel Logged(
        TransferModel model, double accuracy, int images, ExtractionSummary extraction, IReadOnlyList<string> warnings)
    {
        string bottlenecks = FormattableString.Invariant($"{extraction.CacheMisses} computed, {extraction.CacheHits} from the cache");
        log.Info(FormattableString.Invariant($"accuracy {accuracy:0.000} on {images} images; bottlenecks: {bottlenecks}"));
        foreach (SkippedImage skipped in extraction.Skipped)
        {
            log.Warning($"{skipped.Path} was left out: {skipped.Reason}");
        }

        foreach (string warning in warnings)
        {
            log.Warning(warning);
        }

        return model;
    }
}
