using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>The most important figures, in plain words, and warnings. Immutable.</summary>
internal sealed record SummarySection(string Introduction, IReadOnlyList<KeyFigure> Figures, IReadOnlyList<string> Warnings)
    : IReportSection
{
    public string Title => "Summary";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", Introduction);
        if (Warnings.Count > 0)
        {
            html.Open("ul", ("class", "notes"));
            foreach (string warning in Warnings)
            {
                html.Open("li").Element("span", "Note: ", ("class", "bad")).Text(warning).Close();
            }

            html.Close();
        }

        KeyFigures.Write(html, Figures);
    }
}
