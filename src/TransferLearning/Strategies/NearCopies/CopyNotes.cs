using TransferLearning.Data;

namespace TransferLearning.Strategies.NearCopies;

/// <summary>Says what became of the copies in a data set.</summary>
internal static class CopyNotes
{
    /// <param name="groups">The groups of copies.</param>
    /// <param name="part">The part that an image is in.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<DuplicateImages> groups, Func<LabeledImage, int> part)
    {
        DuplicateImages[] divided = [.. groups.Where(g => g.IsLeak)];
        DuplicateImages[] kept = [.. groups.Where(g => !g.IsLeak && g.Kind == DuplicateKind.Near)];
        var notes = new List<string>();
        if (divided.Length > 0)
        {
            notes.Add($"{Count(divided, "copies")} are in training and validation, which makes the figures too good: the first are "
                + $"{string.Join(" and ", divided[0].Images.DistinctBy(part).Select(i => $"'{i.Path}'"))}{Changes(divided[0])}; "
                + "a check of the data lists all. Remove them from one of the parts");
        }

        if (kept.Length > 0)
        {
            notes.Add(
                $"{Count(kept, "near-copies")} {(kept.Length == 1 ? "was" : "were")} kept on one side; a check of the data lists them");
        }

        return notes;
    }

    private static string Count(DuplicateImages[] groups, string what) =>
        $"{groups.Length} {(groups.Length == 1 ? "group" : "groups")} of {what} ({groups.Sum(g => g.Images.Count)} images)";

    private static string Changes(DuplicateImages group) =>
        group.Changes.Count == 0 ? "" : $" ({string.Join(", ", group.Changes.Select(c => $"{c}".ToLowerInvariant()))})";
}
