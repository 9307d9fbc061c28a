using TransferLearning.Heads;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.PreTrain;

/// <summary>The training of a network from random weights, in <c>pre-train --arch --json</c>. The names are part of the command's
/// contract.</summary>
internal sealed record NetworkTrainingReport
{
    /// <summary>The layers, such as <c>compact</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The side of the input, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The number of features per image.</summary>
    public required int Features { get; init; }

    /// <summary>The name of the teacher; null for none.</summary>
    public required string? Teacher { get; init; }

    /// <summary>The epoch whose weights are kept, from 1.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The figures of all epochs, in order.</summary>
    public required IReadOnlyList<EpochReport> Epochs { get; init; }

    /// <returns>Null where no network was trained.</returns>
    public static NetworkTrainingReport? Of(PreTrainingResult result) => result is { Backbone: { } backbone, Training: { } training }
        ? new NetworkTrainingReport
        {
            Architecture = result.Architecture!.Name,
            Size = backbone.Preprocessing.Width,
            Features = backbone.FeatureSize,
            Teacher = result.Teacher?.Name,
            BestEpoch = training.BestEpoch,
            Epochs = [.. training.History.Select(EpochReport.Of)],
        }
        : null;
}
