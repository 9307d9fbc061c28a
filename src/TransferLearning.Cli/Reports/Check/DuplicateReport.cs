using TransferLearning.Data;

namespace TransferLearning.Cli.Reports.Check;

/// <summary>Images that are identical (<c>exact</c>) or look alike (<c>near</c>).</summary>
internal sealed record DuplicateReport(string Kind, IReadOnlyList<string> Paths, IReadOnlyList<string?> Labels)
{
    public static DuplicateReport Of(DuplicateImages images) => new(
        images.Kind == DuplicateKind.Exact ? "exact" : "near",
        [.. images.Images.Select(i => i.Path)],
        [.. images.Images.Select(i => i.Label)]);
}
