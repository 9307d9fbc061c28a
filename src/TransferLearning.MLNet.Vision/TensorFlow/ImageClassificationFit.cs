using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Vision;
using TransferLearning.MLNet.Vision.Training;

namespace TransferLearning.MLNet.Vision.TensorFlow;

/// <summary>
/// Fits ML.NET's trainer on the bottleneck files in its workspace. Context, options and early stopping are new for every fit, because the
/// trainer changes the options that it is given, and early stopping remembers the fit before.
/// </summary>
internal sealed class ImageClassificationFit : ITrainer
{
    public void Validate(List<string> problems) => TensorFlowPlatform.Current.Validate(problems);

    public void Fit(TrainerSettings settings, EpochRecorder recorder)
    {
        var context = new MLContext { TempFilePath = settings.WeightsRoot };
        var stopping = new ImageClassificationTrainer.EarlyStopping(minDelta: 0, patience: int.MaxValue);
        ImageClassificationTrainer.Options options = Options(settings, stopping, recorder);
        try
        {
            ImageClassificationTrainer trainer = context.MulticlassClassification.Trainers.ImageClassification(options);
            trainer.Fit(TrainingSchema.Empty(context, settings.Classes)).Dispose();
        }
        catch (Exception e) when (Missing(e) is { } library)
        {
            throw new TransferLearningException(
                $"TensorFlow's native library cannot be loaded ({library.Message}): reference SciSharp.TensorFlow.Redist, or one of its "
                + "GPU variants, in the application, or use the softmax trainer (SoftmaxRetrainer)",
                e);
        }
        catch (Exception e) when (e is not (TransferLearningException or OutOfMemoryException))
        {
            throw new TransferLearningException($"ML.NET's trainer failed on {settings.Network.Name}: {e.Message}", e);
        }
    }

    private static ImageClassificationTrainer.Options Options(
        TrainerSettings settings, ImageClassificationTrainer.EarlyStopping stopping, EpochRecorder recorder) => new()
        {
            LabelColumnName = TrainerSettings.LabelColumn,
            FeatureColumnName = TrainerSettings.FeatureColumn,
            ScoreColumnName = TrainerSettings.ScoreColumn,
            PredictedLabelColumnName = TrainerSettings.PredictedLabelColumn,
            Arch = Architecture(settings.Network.Network),
            Epoch = settings.Epochs,
            BatchSize = settings.BatchSize,
            LearningRate = (float)settings.LearningRate.Initial,
            LearningRateScheduler = Schedule(settings.LearningRate),
            EarlyStoppingCriteria = stopping,
            MetricsCallback = metrics => Observe(metrics, stopping, recorder),
            TestOnTrainSet = true,
            WorkspacePath = settings.Workspace,
            FinalModelPrefix = TrainerSettings.ModelPrefix,
            ReuseTrainSetBottleneckCachedValues = true,
            ReuseValidationSetBottleneckCachedValues = true,
            TrainSetBottleneckCachedValuesFileName = TrainerSettings.TrainingFile,
            ValidationSetBottleneckCachedValuesFileName = TrainerSettings.ValidationFile,
        };

    private static ImageClassificationTrainer.Architecture Architecture(MLNetNetwork network) => network switch
    {
        MLNetNetwork.ResNetV2101 => ImageClassificationTrainer.Architecture.ResnetV2101,
        MLNetNetwork.InceptionV3 => ImageClassificationTrainer.Architecture.InceptionV3,
        MLNetNetwork.MobileNetV2 => ImageClassificationTrainer.Architecture.MobilenetV2,
        MLNetNetwork.ResNetV250 => ImageClassificationTrainer.Architecture.ResnetV250,
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, null),
    };

    /// <summary>Null for a constant rate: with a schedule, the trainer ignores the rate.</summary>
    private static ExponentialLRDecay? Schedule(MLNetLearningRate rate) => rate.IsConstant
        ? null
        : new ExponentialLRDecay((float)rate.Initial, (float)rate.EpochsPerDecay, (float)rate.Decay, staircase: true);

    private static void Observe(
        ImageClassificationTrainer.ImageClassificationMetrics metrics,
        ImageClassificationTrainer.EarlyStopping stopping,
        EpochRecorder recorder)
    {
        // Metrics of bottlenecks do not occur, because the trainer reads no images.
        if (metrics.Train is not { } train)
        {
            return;
        }

        bool isValidation = train.DatasetUsed == ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Validation;
        if (recorder.Observe(new TrainerFigures(train.Epoch, isValidation, train.Accuracy, train.CrossEntropy)))
        {
            // The trainer checks early stopping right after this call: no improvement reaches infinity, so it stops and saves its
            // weights. An exception, or canceling the context, would lose the epochs so far.
            (stopping.Patience, stopping.MinDelta) = (0, float.PositiveInfinity);
        }
    }

    private static DllNotFoundException? Missing(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is DllNotFoundException missing)
            {
                return missing;
            }
        }

        return null;
    }
}
