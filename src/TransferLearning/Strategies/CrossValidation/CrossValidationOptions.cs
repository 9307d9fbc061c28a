using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.OutOfDistribution;
using TransferLearning.Strategies.StageTuning;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies;

/// <summary>How a cross-validation divides the images, and what its model can do. Every setting has a default. Immutable;
/// thread-safe.</summary>
public sealed record CrossValidationOptions
{
    /// <summary>What makes a fold. Default: <see cref="CrossValidationScheme.Stratified"/>.</summary>
    public CrossValidationScheme Scheme { get; init; } = CrossValidationScheme.Stratified;

    /// <summary>The number of folds, 2..1000; when leaving one group out, there are as many as groups. Default: 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often the images are divided, each time differently, 1..1000; 1 when leaving one group out. Default: 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// The column of the manifest that names the group of each image; null for the groups that the images already have
    /// (<see cref="LabeledImage.Group"/>). Default: null.
    /// </summary>
    public string? GroupColumn { get; init; }

    /// <summary>
    /// The number of last stages of the network that are trained too, in each fold after its head, one fold after the other, as
    /// <see cref="FineTuningOptions.UnfrozenStages"/> says; 0 for heads alone. Default: 0.
    /// </summary>
    public int UnfrozenStages { get; init; }

    /// <summary>How unfrozen stages are trained; without a checkpoint. Default: the defaults of its properties.</summary>
    public NetworkTrainingOptions StageTraining { get; init; } = new();

    internal StageTuningSettings Stages => new(UnfrozenStages, StageTraining);

    /// <summary>
    /// The share of images of the classes that <see cref="Prediction.IsUnknown"/> may reject wrongly, 0 (exclusive) to 0.5; null for a
    /// model that does not detect out-of-distribution images. The threshold is fitted on the images of each fold, compared with those of
    /// the other folds. Default: 0.05.
    /// </summary>
    public double? FalseRejectRate { get; init; } = FalseRejectRateOption.Default;

    internal void Validate(List<string> problems)
    {
        if (!Enum.IsDefined(Scheme))
        {
            string valid = string.Join(", ", Enum.GetNames<CrossValidationScheme>());
            problems.Add($"CrossValidationOptions.Scheme is {Scheme}: it must be one of {valid}");
        }

        if (Folds is < 2 or > 1000)
        {
            problems.Add($"CrossValidationOptions.Folds is {Folds}: it must be in 2..1000");
        }

        if (Repeats is < 1 or > 1000)
        {
            problems.Add($"CrossValidationOptions.Repeats is {Repeats}: it must be in 1..1000");
        }

        if (Scheme == CrossValidationScheme.LeaveOneGroupOut && Repeats > 1)
        {
            problems.Add(
                $"CrossValidationOptions.Repeats is {Repeats}: leaving one group out divides the images in one way only, so it must be 1");
        }

        if (StageTraining.Checkpoint is not null)
        {
            problems.Add(
                "CrossValidationOptions.StageTraining.Checkpoint is set, but the folds of a cross-validation do not continue from a "
                + "checkpoint: leave it out");
        }

        FalseRejectRateOption.Validate(nameof(CrossValidationOptions), FalseRejectRate, problems);
    }
}
