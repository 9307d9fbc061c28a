using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Info;

/// <summary>How a model was trained. A field is null where the file does not say it.</summary>
internal sealed record InfoTrainingReport(
    string? Strategy,
    int? Images,
    int? PseudoLabeledImages,
    string? Trainer,
    int? Epochs,
    int? BestEpoch,
    string? UnfrozenStages,
    string? Augmentation,
    int? Seed)
{
    public static InfoTrainingReport Of(ModelTraining training) => new(
        training.Strategy,
        training.Images,
        training.PseudoLabeledImages,
        training.Trainer,
        training.Epochs,
        training.BestEpoch,
        training.UnfrozenStages,
        training.Augmentation,
        training.Seed);
}
