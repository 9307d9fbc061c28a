using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models.Descriptions;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Training.Distillation;
using TransferLearning.Strategies.PreTraining.Photos;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies.PreTraining;

/// <summary>
/// Trains a whole network from random weights: reads all images once, divides them, trains on views of the training part, and evaluates the
/// epoch that a held-out share of it chose on the validation part. Serves one run.
/// </summary>
internal sealed class NetworkPreTraining
{
    /// <summary>The views that a teacher computes, the image itself among them: each takes as long as an epoch of the teacher, and a place
    /// in the cache.</summary>
    private const int TeacherViewCount = 4;

    private readonly PreTrainingOptions _options;
    private readonly TransferSettings _settings;
    private readonly IProgress<TransferProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly NetworkArchitecture _architecture;
    private readonly ImagePreprocessing _preprocessing;
    private readonly PhotoViews _views;
    private readonly PhotoMemory _memory = PhotoMemory.OfMachine();

    /// <param name="options">Valid options with an architecture.</param>
    /// <param name="settings">Valid settings.</param>
    /// <param name="progress">Receives the progress; null for no progress.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public NetworkPreTraining(
        PreTrainingOptions options,
        TransferSettings settings,
        IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken)
    {
        (_options, _settings, _progress, _cancellationToken) = (options, settings, progress, cancellationToken);
        _architecture = options.Architecture!;
        _preprocessing = NetworkArchitecture.Preprocessing(options.InputSize ?? _architecture.DefaultInputSize);
        ImageAugmentation augmentation = settings.Augmentation?.Policy ?? ImageAugmentation.Photos;
        _views = new PhotoViews(augmentation, options.Teacher is null ? null : TeacherViewCount);
    }

    private int InputSize => _preprocessing.Width;

    private string ViewsText => _views.Count is { } count ? $"{count} views in turn" : "another view in each epoch";

    /// <summary>Trains and evaluates.</summary>
    /// <param name="source">The data set.</param>
    /// <param name="falseRejectRate">That of the model's detector.</param>
    public PreTrainingResult Run(DataSource source, double? falseRejectRate)
    {
        // The views of a training from scratch are not those that WithAugmentation makes for heads.
        TransferSettings settings = _settings with { Augmentation = null };
        var reading = new PhotoReading(
            InputSize, _preprocessing.MinSourceSide, _memory, settings.ThreadCount, settings.TimeProvider);
        Graph untrained = _architecture.Build(settings.Seed, InputSize, classes: 2);
        var run = new StrategyRun(settings, BackboneOf(untrained), _progress, _cancellationToken, reading);
        PreparedData data = run.Prepare(run.Open(source));
        _memory.Keep(data.TrainImages.LastContentKeys());
        IReadOnlyList<string> classes = data.Rows.Train.ClassNames;

        Graph network = _architecture.Build(settings.Seed, InputSize, classes.Count);
        TeacherViews? teacher = _options.Teacher is null
            ? null
            : TeacherViews.Compute(
                _options.Teacher, data.TrainImages, _views, settings, TeacherClassifier(data), _progress, _cancellationToken);
        NetworkTrainingTask task = TaskOf(network, data, teacher);
        TrainedNetwork trained = Train(task, data);
        network = TrainedWeights.PutInto(trained.Graph, network);
        ExtractionSummary read = teacher is null ? run.Extraction : run.Extraction.Add(teacher.Summary);
        return Complete(network, trained, task, data, read.Warn(Notes(trained)), falseRejectRate);
    }

    private NetworkTrainingTask TaskOf(Graph network, PreparedData data, TeacherViews? teacher)
    {
        ImageDataset images = data.TrainImages;
        (int[] learned, int[] heldOut) = Divide(images);
        NetworkTrainingOptions training = _options.NetworkTraining;
        return new NetworkTrainingTask
        {
            Name = $"the network {_architecture}",
            Graph = TrainingGraph.ForTraining(network, teacher?.Length ?? 0, _settings.Seed),
            Images = new TrainingPhotos(images, _preprocessing, _views, _memory, _settings.ThreadCount),
            Labels = data.Rows.Train.Labels.ToArray(),
            Classes = data.Rows.Train.ClassNames.Count,
            Weights = training.ClassWeights == ClassWeights.None ? [] : training.ClassWeights.RowWeights(data.Rows.Train),
            Training = learned,
            HeldOut = heldOut,
            Teacher = teacher,
            Distillation = teacher is null
                ? null
                : new DistillationOptions
                {
                    FeatureOutput = TrainingGraph.TeacherFeatures,
                    FeatureWeight = _options.TeacherWeight,
                    LogitOutput = teacher.Logits > 0 ? TrainingGraph.Logits : null,
                    LogitWeight = _options.TeacherLogitWeight,
                },
        };
    }

    /// <summary>Trains the classifier of the teacher's logits, on the images that the network learns from; null where none are
    /// wanted.</summary>
    private Func<BottleneckMatrix, LinearHead>? TeacherClassifier(PreparedData data)
    {
        if (_options.TeacherLogitWeight == 0)
        {
            return null;
        }

        LabeledBottlenecks rows = data.Rows.Train;
        (int[] learned, _) = Divide(data.TrainImages);
        var context = new RetrainingContext
        {
            Seed = _settings.Seed,
            Threads = _settings.ThreadCount,
            CancellationToken = _cancellationToken,
            TimeProvider = _settings.TimeProvider,
        };
        return features => new SoftmaxRetrainer().Retrain(
            new LabeledBottlenecks(features, rows.Labels.ToArray(), rows.ClassNames).Select(learned), null, context).Head;
    }

    private (int[] Learned, int[] HeldOut) Divide(ImageDataset images)
    {
        DatasetSplit split = images.Split(_options.NetworkTraining.HeldOutFraction, _settings.Seed);
        return (split.TrainIndices.ToArray(), split.ValidationIndices.ToArray());
    }

    private TrainedNetwork Train(NetworkTrainingTask task, PreparedData data)
    {
        NetworkTrainingOptions options = _options.NetworkTraining;
        EpochProgress? last = null;
        var context = new RetrainingContext
        {
            Seed = _settings.Seed,
            Threads = _settings.ThreadCount,
            CancellationToken = _cancellationToken,
            TimeProvider = _settings.TimeProvider,
            Progress = _progress is null ? null : new RelayedProgress<EpochProgress>(e =>
            {
                last = e;
                Report(e.Epoch, null);
            }),
        };
        using var training = new NetworkTraining(
            task,
            options,
            context,
            _progress is null ? null : new RelayedProgress<NetworkTrainingProgress>(p => Report(p.Epoch - 1, p)));
        TrainedNetwork trained = training.Run();
        if (trained is { Canceled: true, BestEpoch: 0 })
        {
            // Random weights are no result.
            _cancellationToken.ThrowIfCancellationRequested();
        }

        return trained;

        void Report(int done, NetworkTrainingProgress? network) => _progress!.Report(new TransferProgress
        {
            Stage = TransferStage.TrainingNetwork,
            Data = data.Rows.Name,
            Done = done,
            Total = options.Epochs,
            Epoch = last,
            Network = network,
        });
    }

    private PreTrainingResult Complete(
        Graph network,
        TrainedNetwork trained,
        NetworkTrainingTask task,
        PreparedData data,
        ExtractionSummary read,
        double? falseRejectRate)
    {
        // Canceled in training, the best epoch is evaluated all the same, without a detector, which would need features of all images.
        CancellationToken cancellation = trained.Canceled ? CancellationToken.None : _cancellationToken;
        TransferSettings settings = _settings with { Augmentation = null, Cache = null, NearCopies = NearCopyHandling.Ignore };
        var run = new StrategyRun(settings, BackboneOf(network), _progress, cancellation);
        IReadOnlyList<string> classes = data.Rows.Train.ClassNames;
        (ImageDataset validationImages, LabeledBottlenecks validation) = Features(run, data.ValidationImages, classes);
        LabeledBottlenecks known = trained.Canceled || falseRejectRate is null
            ? validation
            : Features(run, data.TrainImages, classes).Bottlenecks;
        var head = new CombinedHead(TrainingGraph.ClassifierOf(network));
        ClassificationMetrics metrics = head.Evaluate(validation, settings.ThreadCount);
        CompletedModel completed = run.Complete(
            new EvaluatedHead
            {
                Head = head,
                Metrics = metrics,
                Validation = validation,
                ValidationImages = validationImages,
                HeldOut = trained.HeldOutLogits.Length == 0
                    ? null
                    : new LabeledLogits([trained.HeldOutLogits], Array.ConvertAll(task.HeldOut, i => task.Labels[i])),
                Known = new LabeledSplit(data.Rows.Name, known, validation),
                TrainingSetsThreshold = false,
            },
            trained.Canceled ? null : falseRejectRate,
            Facts(trained, data.TrainImages));
        var training = new RetrainedHead
        {
            Head = head.Heads[0],
            History = trained.History,
            BestEpoch = trained.BestEpoch,
            Seconds = trained.Seconds,
            Canceled = trained.Canceled,
        };
        var step = new FineTuningStep
        {
            Data = data.Rows.Name,
            TrainImages = data.TrainImages.Count,
            Training = training,
            Metrics = metrics,
        };
        return new PreTrainingResult
        {
            Model = completed.Model,
            Backbone = run.Backbone,
            Architecture = _architecture,
            Teacher = _options.Teacher,
            HeadTraining = FineTuningResult.Of(completed, [step], data.TrainImages, read),
            Metrics = completed.Validation.Metrics,
            Training = training,
            TrainImages = data.TrainImages.Count,
            Extraction = read,
        };
    }

    /// <summary>The trained network's features of those images that can still be read.</summary>
    private static (ImageDataset Images, LabeledBottlenecks Bottlenecks) Features(
        StrategyRun run, ImageDataset images, IReadOnlyList<string> classes)
    {
        Extraction extraction = run.Extract(images);
        ImageDataset labeled = extraction.Images.WithLabels(classes);
        return (labeled, new LabeledBottlenecks(extraction.Bottlenecks, labeled.LabelIndices.ToArray(), [.. classes]));
    }

    private ModelFacts Facts(TrainedNetwork trained, ImageDataset trainImages)
    {
        ModelFacts facts = new ModelFacts("pre-training", trainImages.Count)
            .TrainedOn(trainImages)
            .Add("architecture", _architecture.Name)
            .Add(FactNames.Epochs, trained.History.Count)
            .Add(FactNames.BestEpoch, trained.BestEpoch)
            .Add(FactNames.Trainer, "the whole network, from random weights")
            .Add(FactNames.WeightsLicense, "yours: trained from random weights on your images")
            .Add(FactNames.Augmentation, $"{ViewsText}, {_views.Augmentation.Description}");
        return _options.Teacher is { } teacher ? facts.Add("teacher", teacher.Name) : facts;
    }

    private static IReadOnlyList<string> Notes(TrainedNetwork trained) =>
        [.. new[] { trained.Divergence, trained.CheckpointProblem }.OfType<string>()];

    private Backbone BackboneOf(Graph network) => Backbone.FromFeatures(
        $"{_architecture.Name.Replace(':', '_')}-from-scratch", network, TrainingGraph.Features, _preprocessing);
}
