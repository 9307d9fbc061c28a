using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Strategies;

namespace TransferLearning.MLNet;

/// <summary>
/// The options of the trainer that <c>mlContext.MulticlassClassification.Trainers.TransferLearning(options)</c> makes. Every setting has a
/// default. Immutable; thread-safe where <see cref="Progress"/> is.
/// </summary>
/// <remarks>
/// At most one of <see cref="FineTuning"/>, <see cref="CrossValidation"/> and <see cref="ParallelTraining"/> may be set: it chooses the
/// strategy. They are validated when the trainer is made.
/// </remarks>
public sealed record TransferLearningOptions
{
    /// <summary>The column of classes, a key. Default: Label.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The column of images: encoded files (a vector of bytes), paths (text), or <c>MLImage</c>. Default: Image.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column for the probability of each class: a vector of float whose slot names are the classes. Default: Score.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The column for the most probable class, a key. Default: PredictedLabel.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// The column whose equal values (a person, a place, a video) stay on one side of every division into training and validation images:
    /// text, a number or a key. Null for none. Default: null.
    /// </summary>
    public string? SamplingKeyColumnName { get; init; }

    /// <summary>Retrains the head on all labeled rows. The default strategy. Default: null, for its default options.</summary>
    public FineTuningOptions? FineTuning { get; init; }

    /// <summary>Trains on all labeled rows and evaluates on folds. Default: null, for another strategy.</summary>
    public CrossValidationOptions? CrossValidation { get; init; }

    /// <summary>
    /// Trains on the labeled rows, and on those whose label is missing as the larger data set. Default: null, for another strategy.
    /// </summary>
    public ParallelTrainingOptions? ParallelTraining { get; init; }

    /// <summary>
    /// The network; null for the one that the retrainer needs, or <see cref="Backbones.Backbone.ResNet18"/>. Default: null.
    /// </summary>
    public Backbone? Backbone { get; init; }

    /// <summary>
    /// Keeps bottlenecks between fits; null for the one in <see cref="BottleneckCache.DefaultDirectory"/>. Default: null.
    /// </summary>
    public BottleneckCache? BottleneckCache { get; init; }

    /// <summary>False to keep no bottlenecks between fits. Default: true.</summary>
    public bool KeepBottlenecks { get; init; } = true;

    /// <summary>What trains the head; null for a <see cref="SoftmaxRetrainer"/> with its default options. Default: null.</summary>
    public IRetrainer? Retrainer { get; init; }

    /// <summary>
    /// The fraction of each class that is held out for validation, between 0 and 1, both exclusive; null for the strategy's default.
    /// Without meaning for cross-validation, and where <c>Fit</c> gets validation data. Default: null.
    /// </summary>
    public double? ValidationFraction { get; init; }

    /// <summary>
    /// What a division into parts or folds does with near-copies of images. Default: <see cref="NearCopyHandling.KeepTogether"/>.
    /// </summary>
    public NearCopyHandling NearCopies { get; init; } = NearCopyHandling.KeepTogether;

    /// <summary>
    /// False for a model that keeps no hashes of the images that it was trained on. Default: true; see
    /// <see cref="Models.TransferModel.FindTrainingImages"/>.
    /// </summary>
    public bool KeepTrainingHashes { get; init; } = true;

    /// <summary>The seed; null for one from the <c>MLContext</c>, whose own seed then decides. Default: null.</summary>
    public int? Seed { get; init; }

    /// <summary>The number of threads; 0 for one per processor. The result does not depend on it. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>Receives the progress, from the working threads; null for none. Default: null.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }

    /// <summary>
    /// Cancels <c>Fit</c>, which then throws <see cref="OperationCanceledException"/>, or ends the training with the best head so far.
    /// Canceling the <c>MLContext</c> has no effect: ML.NET does not tell other libraries. Default: none.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    internal TransferLearningColumns Columns => new()
    {
        Image = ImageColumnName,
        Label = LabelColumnName,
        Score = ScoreColumnName,
        PredictedLabel = PredictedLabelColumnName,
    };

    internal IReadOnlyList<string> Validate()
    {
        List<string> problems = [.. Columns.Validate()];
        string[] strategies =
        [
            .. new (object? Options, string Name)[]
            {
                (FineTuning, nameof(FineTuning)), (CrossValidation, nameof(CrossValidation)), (ParallelTraining, nameof(ParallelTraining)),
            }.Where(s => s.Options is not null).Select(s => s.Name),
        ];
        if (strategies.Length > 1)
        {
            problems.Add($"{string.Join(" and ", strategies)} are both set: each is a strategy of its own, so set one of them");
        }

        if (CrossValidation is not null && ValidationFraction is not null)
        {
            problems.Add($"{nameof(ValidationFraction)} is set, but cross-validation evaluates on its folds: leave it out");
        }

        if (!KeepBottlenecks && BottleneckCache is not null)
        {
            problems.Add($"{nameof(BottleneckCache)} is set, but {nameof(KeepBottlenecks)} is false: leave out one of them");
        }

        return problems;
    }
}
