using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;

namespace TransferLearning.Cli.Verbs;

/// <summary>What <see cref="ModelTraining"/> needs to know of a strategy's result.</summary>
internal sealed record TrainingOutcome
{
    public required TransferModel Model { get; init; }

    /// <summary>What smaller weights are judged on.</summary>
    public required ImageDataset ValidationImages { get; init; }

    /// <summary>What the gate is about, less what smaller weights lose.</summary>
    public required double Accuracy { get; init; }

    public required bool Canceled { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>For people, as HTML.</summary>
    public required Report Report { get; init; }

    /// <summary>For machines, to the file that <c>--json</c> names, if any.</summary>
    public required Action<OutputFile?, WeightsReport?> WriteJson { get; init; }

    /// <summary>For the terminal; the text is the model's path.</summary>
    public required Action<CommandHost, string, WeightsReport?> WriteSummary { get; init; }
}
