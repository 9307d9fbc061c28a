using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.PreTrain;

/// <summary>What <c>pre-train --label DATA --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record LabelDataReport
{
    public required int Images { get; init; }

    /// <summary>
    /// Null where the data has no labels that the model knows, as are <see cref="AgreementInterval"/>, <see cref="TopAgreement"/> and
    /// <see cref="Unmatched"/>.
    /// </summary>
    public required double? Agreement { get; init; }

    public required IntervalReport? AgreementInterval { get; init; }

    public required double? TopAgreement { get; init; }

    /// <summary>The number of images that were compared for the agreement.</summary>
    public required int Judged { get; init; }

    /// <summary>The number of those images that the model was trained on; null where the model does not keep them.</summary>
    public required int? TrainingImages { get; init; }

    public required IReadOnlyList<string>? Unmatched { get; init; }

    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }

    public static LabelDataReport Of(DatasetLabels labels)
    {
        IReadOnlyList<SkippedImageReport> skipped = SkippedImageReport.Of(labels.Skipped);
        return new LabelDataReport
        {
            Images = labels.Images.Count,
            Agreement = labels.Agreement?.Agreement,
            AgreementInterval = labels.Agreement is { } agreement ? IntervalReport.Of(agreement.AgreementInterval()) : null,
            TopAgreement = labels.Agreement?.TopAgreement,
            Judged = labels.Agreement?.Images ?? 0,
            TrainingImages = labels.TrainingOverlap?.Found,
            Unmatched = labels.Agreement?.UnmatchedClasses,
            Skipped = skipped.Count,
            SkippedImages = skipped,
        };
    }
}
