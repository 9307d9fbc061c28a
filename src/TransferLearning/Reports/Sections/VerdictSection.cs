using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;
using TransferLearning.Verdicts;

namespace TransferLearning.Reports.Sections;

/// <summary>How good the result is, how sure, and what to do next. Immutable.</summary>
internal sealed record VerdictSection(Verdict Verdict) : IReportSection
{
    public string Title => "Verdict";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Open("div", ("class", "verdict")).Open("div").Element("h3", "How good");
        html.Element("p", Verdict.HowGood);
        IntervalChart.Write(html, Verdict);
        html.Close().Open("div").Element("h3", "How sure").Element("p", Verdict.HowSure).Close();
        html.Open("div", ("class", "next")).Element("h3", "What next");
        if (Verdict.NextSteps.Count == 0)
        {
            html.Element("p", $"{char.ToUpperInvariant(Verdict.NothingFound[0])}{Verdict.NothingFound[1..]}.");
        }
        else
        {
            html.Open("ol");
            foreach (NextStep step in Verdict.NextSteps)
            {
                html.Open("li").Element("strong", step.Finding).Command(step.Command);
                html.Open("span", ("class", "note")).Text("In C#: ").Text(step.Advice).Close().Close();
            }

            html.Close();
        }

        html.Close().Close().Line();
    }
}
