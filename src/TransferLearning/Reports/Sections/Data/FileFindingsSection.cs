using TransferLearning.Data;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Data;

/// <summary>Files that are used although something is wrong with them, and groups on both sides of a division. Immutable.</summary>
internal sealed record FileFindingsSection(DatasetCheck Check) : IReportSection
{
    private const int MaxNamed = 20;

    public string Title => "Files and groups";

    public void Write(HtmlWriter html, ReportRun run)
    {
        Write(
            html,
            "Damaged outside their pixels, but used",
            [.. Check.Damaged.Select(d => (d.Damage, d.Path))]);
        Write(
            html,
            "Groups of the manifest in training and in validation",
            [.. Check.DividedGroups.Select(g => (
                $"{Figure.Of(g.TrainImages, "image", "images")} in training, {Figure.Count(g.ValidationImages)} in validation", g.Name))]);
        Write(html, "Left out when the data was opened", [.. Check.Findings.Select(f => (f.Message, f.Path))]);
    }

    private static void Write(HtmlWriter html, string title, IReadOnlyList<(string Text, string Name)> findings)
    {
        html.Element("h3", title);
        if (findings.Count == 0)
        {
            html.Element("p", "None.");
            return;
        }

        html.Open("ul", ("class", "notes"));
        foreach ((string text, string name) in findings.Take(MaxNamed))
        {
            html.Open("li").Text(text).Element("span", name, ("class", "path")).Close();
        }

        html.Close().Line();
        if (findings.Count > MaxNamed)
        {
            html.Element("p", $"And {Figure.Count(findings.Count - MaxNamed)} more. The command transfer check writes all of them with its "
                + "option --json.");
        }
    }
}
