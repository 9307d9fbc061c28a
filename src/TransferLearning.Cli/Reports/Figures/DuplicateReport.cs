using TransferLearning.Data;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>
/// Images that are identical (<c>exact</c>) or look alike (<c>near</c>), and how the latter differ: <c>mirrored</c>, <c>rotated</c>,
/// <c>cropped</c>, <c>augmented</c>.
/// </summary>
internal sealed record DuplicateReport(
    string Kind, IReadOnlyList<string> Changes, IReadOnlyList<string> Paths, IReadOnlyList<string?> Labels)
{
    public static DuplicateReport Of(DuplicateImages images) => new(
        images.Kind switch
        {
            DuplicateKind.Exact => "exact",
            DuplicateKind.Near => "near",
            _ => throw new NotSupportedException($"the kind {images.Kind} of copies is not supported"),
        },
        [.. images.Changes.Select(c => $"{c}".ToLowerInvariant())],
        [.. images.Images.Select(i => i.Path)],
        [.. images.Images.Select(i => i.Label)]);
}
