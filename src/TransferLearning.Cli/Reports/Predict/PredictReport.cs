using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Predict;

/// <summary>What <c>predict --json</c> writes.</summary>
internal sealed record PredictReport
{
    public required IReadOnlyList<PredictionReport> Predictions { get; init; }

    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }
}
