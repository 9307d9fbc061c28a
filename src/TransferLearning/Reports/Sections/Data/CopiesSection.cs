using TransferLearning.Data;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections.Data;

/// <summary>Groups of copies and near-copies, with pictures. Immutable.</summary>
internal sealed record CopiesSection(IReadOnlyList<DuplicateImages> Groups) : IReportSection
{
    private const int MaxGroups = 24;
    private const int MaxPerGroup = 4;

    public string Title => "Copies";

    public void Write(HtmlWriter html, ReportRun run)
    {
        if (Groups.Count == 0)
        {
            html.Element("p", "No picture occurs twice.");
            return;
        }

        html.Element("p", $"{Figure.Of(Groups.Count, "picture occurs", "pictures occur")} more than once. Those with different labels "
            + "and those in training and in validation come first: mend them. The others stay together where data is divided; they only "
            + "count more than other images in training.");
        html.Open("ul", ("class", "groups"));
        foreach (DuplicateImages group in Groups.OrderByDescending(g => g.HasLabelConflict).ThenByDescending(g => g.IsLeak).Take(MaxGroups))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            html.Open("li").Element("p", Describe(group), ("class", group.IsLeak || group.HasLabelConflict ? "bad" : "muted"));
            PictureList.Write(html, group.Images.Take(MaxPerGroup).Select(i => new PictureItem(i, "", i.Label ?? "no label")));
            html.Close();
        }

        html.Close().Line();
        if (Groups.Count > MaxGroups)
        {
            html.Element("p", $"Shown are {MaxGroups} groups; there are {Figure.Count(Groups.Count - MaxGroups)} more. The command "
                + "transfer check writes all of them with its option --json.");
        }
    }

    private static string Describe(DuplicateImages group)
    {
        string kind = group.Kind switch
        {
            DuplicateKind.Exact => "The same file",
            DuplicateKind.Near when group.Changes.Count == 0 => "The same picture, saved again",
            DuplicateKind.Near => $"The same picture ({string.Join(", ", group.Changes.Select(c => $"{c}".ToLowerInvariant()))})",
            var other => throw new NotSupportedException($"the kind {other} has no text"),
        };
        string more = group.Images.Count > MaxPerGroup ? $", the first {MaxPerGroup} of {group.Images.Count} images" : "";
        return $"{kind}{(group.IsLeak ? ", in training and in validation" : "")}"
            + $"{(group.HasLabelConflict ? ", with different labels" : "")}{more}";
    }
}
