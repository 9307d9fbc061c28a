using System.Text.RegularExpressions;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>Images that were left out for the same kind of reason.</summary>
/// <param name="Images">At least one.</param>
internal sealed partial record SkippedGroup(IReadOnlyList<SkippedImageReport> Images)
{
    public SkippedImageReport First => Images[0];

    /// <summary>Groups images by their reasons, the largest group first. Numbers and quoted names in a reason make no difference.</summary>
    public static IReadOnlyList<SkippedGroup> Of(IReadOnlyList<SkippedImageReport> skipped) =>
    [
        .. skipped.GroupBy(s => Detail().Replace(s.Reason, "#"), StringComparer.Ordinal)
            .Select(g => new SkippedGroup([.. g]))
            .OrderByDescending(g => g.Images.Count),
    ];

    [GeneratedRegex("'[^']*'|[0-9]+")]
    private static partial Regex Detail();
}
