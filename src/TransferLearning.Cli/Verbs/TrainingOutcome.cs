using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.NetworkTraining;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Verbs;

/// <summary>What <see cref="ModelTraining"/> needs of a strategy's result.</summary>
internal sealed record TrainingOutcome
{
    public required TransferModel Model { get; init; }

    /// <summary>The images that a model with smaller weights is evaluated on.</summary>
    public required ImageDataset ValidationImages { get; init; }

    /// <summary>The accuracy that the gate checks, before the loss by smaller weights is subtracted.</summary>
    public required AccuracyFigure Accuracy { get; init; }

    public required bool Canceled { get; init; }

    /// <summary>How each training ended, one line each; null for one that has nothing to say.</summary>
    public required IReadOnlyList<string?> Endings { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }

    public required Notes Notes { get; init; }

    /// <summary>How good the result is, how sure, and what to do next.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The HTML report.</summary>
    public required Report Report { get; init; }

    /// <summary>Writes the file that <c>--json</c> names, if any.</summary>
    public required Action<CommonSettings, WeightsReport?> WriteJson { get; init; }

    /// <summary>Prints the figures; the string is the model's path.</summary>
    public required Action<CommandHost, string, WeightsReport?> WriteSummary { get; init; }

    /// <summary>The checkpoint of the training, which is removed once the model is saved; null for none. Default: null.</summary>
    public CheckpointFile? Checkpoint { get; init; }
}
