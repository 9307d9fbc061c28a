using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.PreTrain;

/// <summary>What <c>pre-train --label DATA --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record LabelDataReport
{
    public required int Images { get; init; }

    /// <summary>Null where the data has no labels that the model knows, as are <see cref="TopAgreement"/> and
    /// <see cref="Unmatched"/>.</summary>
    public required double? Agreement { get; init; }

    public required double? TopAgreement { get; init; }

    /// <summary>The number of images that were compared for the agreement.</summary>
    public required int Judged { get; init; }

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
            TopAgreement = labels.Agreement?.TopAgreement,
            Judged = labels.Agreement?.Images ?? 0,
            Unmatched = labels.Agreement?.UnmatchedClasses,
            Skipped = skipped.Count,
            SkippedImages = skipped,
        };
    }
}
