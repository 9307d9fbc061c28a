using TransferLearning.Reports.Html;
using TransferLearning.Reports.Sections;

namespace TransferLearning.Reports;

/// <summary>A whole report: its title and its sections. Immutable.</summary>
/// <param name="Title">The strategy and its data.</param>
/// <param name="Subtitle">The time and the network.</param>
/// <param name="Sections">The sections, in order.</param>
internal sealed record ReportPage(string Title, string Subtitle, IReadOnlyList<IReportSection> Sections)
{
    // Even if unescaped markup got in, it could neither run nor load anything.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    public void Write(TextWriter output, ReportRun run, IProgress<ReportProgress>? progress)
    {
        var html = new HtmlWriter(output);
        html.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en"));
        WriteHead(html);
        html.Open("body").Open("header").Element("h1", Title).Element("p", Subtitle, ("class", "muted"));
        WriteContents(html);
        html.Close().Line().Open("main");
        for (int i = 0; i < Sections.Count; i++)
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new ReportProgress(i, Sections.Count, Sections[i].Title));
            html.Open("section", ("id", Id(i)), ("class", IsPaired(i) ? "half" : "wide"), ("aria-labelledby", $"{Id(i)}-title"));
            html.Element("h2", Sections[i].Title, ("id", $"{Id(i)}-title")).Line();
            Sections[i].Write(html, run);
            html.Close().Line();
        }

        html.Close().Open("footer");
        html.Element("p", "Made by TransferLearning. Everything is in this file: it loads nothing and runs no script.");
        html.Close().Close().Close().Line();
        progress?.Report(new ReportProgress(Sections.Count, Sections.Count, ""));
    }

    /// <summary>Whether a section shares its row with another one. Of narrow sections in succession, the last of an odd number does not.
    /// </summary>
    private bool IsPaired(int section)
    {
        if (Sections[section].IsWide)
        {
            return false;
        }

        int before = Sections.Take(section).Reverse().TakeWhile(s => !s.IsWide).Count();
        return before % 2 == 1 || (section + 1 < Sections.Count && !Sections[section + 1].IsWide);
    }

    private static string Id(int section) => $"section-{section + 1}";

    private static string StyleSheet()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void WriteHead(HtmlWriter html)
    {
        html.Open("head").Void("meta", ("charset", "utf-8"));
        html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
        html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Element("title", Title).Raw($"<style>\n{StyleSheet()}</style>").Close().Line();
    }

    private void WriteContents(HtmlWriter html)
    {
        html.Open("nav", ("aria-label", "Contents")).Open("ul");
        for (int i = 0; i < Sections.Count; i++)
        {
            html.Open("li").Element("a", Sections[i].Title, ("href", $"#{Id(i)}")).Close();
        }

        html.Close().Close();
    }
}
