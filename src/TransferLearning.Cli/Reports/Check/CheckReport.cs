using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;

namespace TransferLearning.Cli.Reports.Check;

/// <summary>What <c>check --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record CheckReport
{
    /// <summary>The number of images, readable or not.</summary>
    public required int Images { get; init; }

    public required IReadOnlyList<SkippedImageReport> Unreadable { get; init; }

    /// <summary>The readable images whose files are damaged outside their pixels.</summary>
    public required IReadOnlyList<SkippedImageReport> Damaged { get; init; }

    public required IReadOnlyList<DuplicateReport> Duplicates { get; init; }

    /// <summary>The duplicates with images in both parts of the data's own split.</summary>
    public required IReadOnlyList<DuplicateReport> Leaks { get; init; }

    /// <summary>The duplicates with different labels.</summary>
    public required IReadOnlyList<DuplicateReport> LabelConflicts { get; init; }

    /// <summary>The groups of a manifest with images in both parts of the data's own split.</summary>
    public required IReadOnlyList<DividedGroupReport> DividedGroups { get; init; }

    public required IReadOnlyList<ClassCountReport> Classes { get; init; }

    /// <summary>The number of images of the largest class divided by that of the smallest; null where a class has none.</summary>
    public required double? Imbalance { get; init; }

    public required int Unlabeled { get; init; }

    /// <summary>The files and rows that were left out when the data was opened.</summary>
    public required IReadOnlyList<SkippedImageReport> Findings { get; init; }

    public static CheckReport Of(DatasetCheck check) => new()
    {
        Images = check.Images,
        Unreadable = [.. check.Unreadable.Select(u => SkippedImageReport.Of(u.Path, u.Reason))],
        Damaged = [.. check.Damaged.Select(d => new SkippedImageReport(d.Path, d.Damage))],
        Duplicates = [.. check.Duplicates.Select(DuplicateReport.Of)],
        Leaks = [.. check.Leaks.Select(DuplicateReport.Of)],
        LabelConflicts = [.. check.LabelConflicts.Select(DuplicateReport.Of)],
        DividedGroups = [.. check.DividedGroups.Select(g => new DividedGroupReport(g.Name, g.TrainImages, g.ValidationImages))],
        Classes = [.. check.Classes.Select(c => new ClassCountReport(c.Name, c.Images, c.TrainImages, c.ValidationImages))],
        Imbalance = double.IsFinite(check.Imbalance) ? check.Imbalance : null,
        Unlabeled = check.Unlabeled,
        Findings = [.. check.Findings.Select(f => new SkippedImageReport(f.Path, f.Message))],
    };
}
