using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>The most important figures, in plain words, and warnings. Immutable.</summary>
internal sealed record SummarySection(string Introduction, IReadOnlyList<KeyFigure> Figures, IReadOnlyList<string> Warnings)
    : IReportSection
{
    public string Title => "Summary";

    /// <summary>What would make the figures more certain. Default: empty.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", Introduction);
        if (Warnings.Count + Hints.Count > 0)
        {
            html.Open("ul", ("class", "notes"));
            foreach (string warning in Warnings)
            {
                html.Open("li").Element("span", "Note: ", ("class", "bad")).Text(warning).Close();
            }

            foreach (string hint in Hints)
            {
                html.Element("li", $"Hint: {hint}");
            }

            html.Close();
        }

        KeyFigures.Write(html, Figures);
    }
}
