using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Files;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;
using TransferLearning.Models.Saving;
using TransferLearning.Models.TrainingImages;
using TransferLearning.OutOfDistribution;
using TransferLearning.Strategies.Augmentation;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies;

/// <summary>One run of a strategy: the recipe that all strategies share, each step written once.</summary>
/// <remarks>
/// A strategy opens and checks its data when it validates the settings (<see cref="DataSource"/>, <see cref="DataClasses"/>). Then:
/// <list type="number">
/// <item><see cref="Prepare"/> runs the images through the backbone, or takes their bottlenecks from the cache, and divides them into a
/// training and a validation part. A strategy that divides in its own way calls <see cref="PrepareWhole"/>.</item>
/// <item><see cref="Train"/> trains a head on the training part, and predicts its images by heads that have not learned from them. What is
/// chosen is chosen by such predictions; the validation part only evaluates.</item>
/// <item>The strategy evaluates the head on the validation part, or combines several heads into one (<see cref="CombinedHead"/>).</item>
/// <item><see cref="Complete"/> calibrates the head by these predictions, fits the detector of out-of-distribution images, and builds the
/// model. A strategy that calibrates in its own way calls <see cref="Build"/>.</item>
/// <item>The result tells how the bottlenecks were obtained: <see cref="Extraction"/>.</item>
/// </list>
/// Serves one run. <see cref="Train"/> may be called by several threads at a time; all else is not thread-safe.
/// </remarks>
internal sealed class StrategyRun
{
    private readonly IProgress<TransferProgress>? _progress;
    private readonly DataPreparation _preparation;
    private readonly List<string> _notes = [];

    /// <param name="settings">Valid settings.</param>
    /// <param name="backbone">The network: <see cref="TransferSettings.ResolveBackbone"/>, or that of a model that is continued.</param>
    /// <param name="progress">Receives the progress, from the working threads; null for no progress.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <param name="reading">Reads images for a network that is not trained yet; null to compute bottlenecks.</param>
    public StrategyRun(
        TransferSettings settings,
        Backbone backbone,
        IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken,
        IExtractor? reading = null)
    {
        (Settings, _progress) = (settings, progress);
        Context = new RetrainingContext
        {
            Seed = settings.Seed,
            Threads = settings.ThreadCount,
            CancellationToken = cancellationToken,
            TimeProvider = settings.TimeProvider,
        };
        _preparation = new DataPreparation(settings, backbone, progress, cancellationToken, reading);
    }

    public TransferSettings Settings { get; }

    /// <summary>The backbone; after the first extraction, with the normalization that was decided on its images.</summary>
    public Backbone Backbone => _preparation.Backbone;

    /// <summary>At least 1.</summary>
    public int Threads => Context.Threads;

    /// <summary>How heads are trained in this run: seed, threads, clock and cancellation.</summary>
    public RetrainingContext Context { get; }

    /// <summary>The summary of all extractions so far, with what the user should know of the run.</summary>
    public ExtractionSummary Extraction => _preparation.Summary.Warn(_notes);

    /// <summary>The data set; one at a path is opened with the image formats of the pipeline.</summary>
    /// <exception cref="TransferLearningException">It cannot be opened.</exception>
    public ImageDataset Open(DataSource source) => source.Open(Settings.Formats);

    /// <inheritdoc cref="DataPreparation.Prepare"/>
    public PreparedData Prepare(ImageDataset data, IReadOnlyList<string>? known = null, PreparedData? earlier = null) =>
        _preparation.Prepare(data, known, earlier);

    /// <inheritdoc cref="DataPreparation.PrepareWhole"/>
    public PreparedWhole PrepareWhole(ImageDataset data) => _preparation.PrepareWhole(data);

    /// <inheritdoc cref="DataPreparation.Extract"/>
    public Extraction Extract(ImageDataset data) => _preparation.Extract(data);

    /// <inheritdoc cref="DataPreparation.ExtractAll"/>
    public Extraction ExtractAll(ImageDataset data) => _preparation.ExtractAll(data);

    /// <inheritdoc cref="DataPreparation.ExtractViews"/>
    public (int[] Rows, TrainingViews? Views) ExtractViews(ImageDataset images) => _preparation.ExtractViews(images);

    /// <summary>
    /// Trains a head and reports its epochs. Where <see cref="RetrainingContext.PredictsHeldOut"/> is set, its training rows are predicted
    /// by heads that have not learned from them: those of the retrainer's inner folds where it has them, else those of repeated trainings.
    /// </summary>
    /// <param name="data">What is learned from, and what each epoch is evaluated on for the progress.</param>
    /// <param name="context"><see cref="Context"/>, changed where the strategy asks for more.</param>
    public RetrainedHead Train(LabeledSplit data, RetrainingContext context)
    {
        IProgress<EpochProgress>? relay = Epochs(TransferStage.Training, data.Name);
        TrainingRows rows = data.TrainingRows();
        RetrainedHead head = Settings.Retrainer.Retrain(rows.Rows, data.Validation, rows.In(context) with { Progress = relay });
        return context.PredictsHeldOut && head is { HeldOut: null, Canceled: false }
            ? head with { HeldOut = Repeat(context).Predict(data, data.Train.Count, head) }
            : head;
    }

    /// <summary>Repeats trainings without a part of the rows, to predict these.</summary>
    /// <param name="context">As for <see cref="Train"/>.</param>
    public RepeatedTraining Repeat(RetrainingContext context) => new(Settings.Retrainer, context);

    /// <summary>Receives the progress of an extraction, as that of the run; null where nobody listens.</summary>
    public IProgress<ExtractionProgress>? ExtractionProgress(string data) => _preparation.ProgressOf(data);

    /// <summary>Receives the epochs of the training of a network.</summary>
    public IProgress<EpochProgress>? EpochProgress(string data) => Epochs(TransferStage.TrainingNetwork, data);

    /// <summary>Receives the progress within these epochs.</summary>
    public IProgress<NetworkTrainingProgress>? NetworkProgress(string data) => Relay<NetworkTrainingProgress>(p => new TransferProgress
    {
        Stage = TransferStage.TrainingNetwork,
        Data = data,
        Done = p.Epoch - 1,
        Total = p.Epochs,
        Network = p,
    });

    /// <summary>Reports what training stages will take.</summary>
    public void ReportPlan(string data, StageTuningPlan plan) => _progress?.Report(
        new TransferProgress { Stage = TransferStage.TrainingNetwork, Data = data, Done = 0, Total = 0, Plan = plan });

    /// <summary>Runs images that were extracted before through another network, without the cache.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One row per image.</returns>
    /// <exception cref="TransferLearningException">An image can no longer be used.</exception>
    public BottleneckMatrix Extract(Backbone backbone, ImageDataset images, CancellationToken cancellationToken)
    {
        var extractor = new BottleneckExtractor(backbone, null, Settings.Extraction);
        Extraction extraction = extractor.Extract(images, ExtractionProgress(images.Name), cancellationToken);
        return extraction.Summary.Skipped is [{ } skipped, ..]
            ? throw new TransferLearningException(
                $"the image '{skipped.Path}' could be used at first, but not any more: {skipped.Reason}")
            : extraction.Bottlenecks;
    }

    /// <summary>Adds what the user should know of the run to the warnings of <see cref="Extraction"/>.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>Reports how many folds of a cross-validation are finished.</summary>
    public void ReportFold(string data, int done, int total) => _progress?.Report(
        new TransferProgress { Stage = TransferStage.CrossValidating, Data = data, Done = done, Total = total });

    /// <summary>Fits a detector of out-of-distribution images.</summary>
    /// <param name="known">The images that are in distribution.</param>
    /// <param name="trainingSetsThreshold"><see cref="EvaluatedHead.TrainingSetsThreshold"/>.</param>
    /// <param name="falseRejectRate">The share of images of the classes that it may reject wrongly; null for no detector.</param>
    /// <returns>Null where none is wanted, or the images are too few.</returns>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public OutOfDistributionDetector? FitDetector(LabeledSplit known, bool trainingSetsThreshold, double? falseRejectRate) =>
        falseRejectRate is not { } rate ? null : OutOfDistributionDetector.Fit(
            known.Train,
            known.Validation,
            trainingSetsThreshold ? known.GroupOfEachRow() : null,
            rate,
            Threads,
            Context.CancellationToken);

    /// <summary>Calibrates a head, fits a detector, and builds the model.</summary>
    /// <param name="evaluated">The head, and how it does on the validation images.</param>
    /// <param name="falseRejectRate">The share of validation images that the detector may reject wrongly; null for no detector.</param>
    /// <param name="facts">How the model was made.</param>
    public CompletedModel Complete(EvaluatedHead evaluated, double? falseRejectRate, ModelFacts facts)
    {
        LabeledBottlenecks validation = evaluated.Validation;
        var calibrated = HeadCalibration.Of(evaluated.Head, evaluated.HeldOut, validation, evaluated.Metrics, Threads);
        (OutOfDistributionDetector? detector, bool canceled) = evaluated.Detector is { } fitted
            ? (fitted, false)
            : TryFitDetector(evaluated, falseRejectRate);
        var result = new EvaluatedImages(evaluated.ValidationImages.WithLabels(validation.ClassNames), calibrated.Probabilities);
        TransferModel model = Build(
            calibrated.Head,
            validation.ClassNames,
            calibrated.Calibration,
            detector,
            evaluated.Backbone,
            facts.Add(FactNames.ValidationImages, result.Metrics.Images).Add(FactNames.ValidationAccuracy, result.Metrics.Accuracy));
        return new CompletedModel(model, result, calibrated.Calibration, canceled);
    }

    /// <summary>Builds the model, with the image formats of the pipeline.</summary>
    /// <param name="head">The head, its temperature folded in.</param>
    /// <param name="classes">The classes, in the order of the head.</param>
    /// <param name="calibration">The temperature, and what it changed.</param>
    /// <param name="detector">Detects out-of-distribution images; null for a model that does not.</param>
    /// <param name="tuned">The network whose features the head is over; null for that of the run.</param>
    /// <param name="facts">How the model was made.</param>
    public TransferModel Build(
        CombinedHead head,
        IReadOnlyList<string> classes,
        Calibration calibration,
        OutOfDistributionDetector? detector,
        Backbone? tuned,
        ModelFacts facts)
    {
        var origin = new ModelOrigin
        {
            Backbone = Backbone.Name,
            Created = CreationDate.Of(Settings.TimeProvider),
            Facts = Facts(facts).Of(Settings.Seed, calibration),
        };
        TrainingHashes? hashes = Settings.KeepsTrainingHashes ? facts.TrainingHashes() : null;
        return TransferModel.Of(tuned ?? Backbone, head.Heads, classes, origin, detector, hashes, Settings.Formats, Settings.Engine);
    }

    private RelayedProgress<EpochProgress>? Epochs(TransferStage stage, string data) => Relay<EpochProgress>(p => new TransferProgress
    {
        Stage = stage,
        Data = data,
        Done = p.Epoch,
        Total = p.Epochs,
        Epoch = p,
    });

    private RelayedProgress<T>? Relay<T>(Func<T, TransferProgress> describe) =>
        _progress is null ? null : new(p => _progress.Report(describe(p)));

    private (OutOfDistributionDetector? Detector, bool Canceled) TryFitDetector(EvaluatedHead evaluated, double? falseRejectRate)
    {
        try
        {
            return (FitDetector(evaluated.Known, evaluated.TrainingSetsThreshold, falseRejectRate), false);
        }
        catch (OperationCanceledException) when (Context.CancellationToken.IsCancellationRequested)
        {
            _notes.Add(
                "canceled before the detector of images of none of the classes was fitted: the model assigns each image to a class");
            return (null, true);
        }
    }

    private string Trainer => Settings.Retrainer is SoftmaxRetrainer softmax
        ? $"softmax ({softmax.Options.Optimizer})"
        : Settings.Retrainer.GetType().Name;

    private ModelFacts Facts(ModelFacts facts)
    {
        facts = facts.Add(FactNames.Library, LibraryVersion.Text)
            .Add(FactNames.BackboneFingerprint, Backbone.Fingerprint)
            .AddMissing(FactNames.WeightsLicense, Backbone.License ?? FactNames.UnknownLicense)
            .AddMissing(FactNames.Trainer, Trainer);
        facts = Settings.Augmentation is { } augmentation ? facts.Add(FactNames.Augmentation, augmentation.ToString()) : facts;
        return Backbone.PreprocessingSource == PreprocessingSource.Measured
            ? facts.Add(TransferModel.NormalizationFact, Backbone.PreprocessingReason)
            : facts;
    }
}
