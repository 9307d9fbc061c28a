using TransferLearning.Reports.Html;
using TransferLearning.Verdicts;

namespace TransferLearning.Reports.Charts;

/// <summary>An accuracy with its interval on a scale from 0 to 100 %, beside that of always answering the most frequent class.</summary>
internal static class IntervalChart
{
    private const int Width = 320;
    private const int Height = 64;
    private const int Margin = 24;
    private const int Line = 26;
    private const int Thickness = 10;

    public static void Write(HtmlWriter html, Verdict verdict)
    {
        var x = new Scale(0, 1, Margin, Width - Margin);
        string description = $"Accuracy {Figure.Percent(verdict.Accuracy)}; expect {Figure.Range(verdict.Interval)}. "
            + $"Always answering {verdict.MajorityClass}: "
            + $"{Figure.WholePercent(verdict.MajorityShare)}.";
        html.Open(
            "svg", ("class", "interval"), ("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", description));
        Bar(html, "track", x, 0, 1);
        Bar(html, "band", x, verdict.Interval.Lower, verdict.Interval.Upper);
        html.Open(
            "line",
            ("class", "majority"),
            ("x1", x.Place(verdict.MajorityShare)),
            ("x2", x.Place(verdict.MajorityShare)),
            ("y1", $"{Line - Thickness}"),
            ("y2", $"{Line + Thickness}")).Close();
        html.Open("circle", ("class", "dot"), ("cx", x.Place(verdict.Accuracy)), ("cy", $"{Line}"), ("r", "7")).Close();
        string anchor = verdict.MajorityShare > 0.75 ? "end" : verdict.MajorityShare < 0.25 ? "start" : "middle";
        html.Element("text", "guessing", ("x", x.Place(verdict.MajorityShare)), ("y", "12"), ("text-anchor", anchor));
        foreach (double tick in new[] { 0, 0.5, 1 })
        {
            html.Element("text", Figure.WholePercent(tick), ("x", x.Place(tick)), ("y", $"{Height - 8}"), ("text-anchor", "middle"));
        }

        html.Close().Line();
    }

    private static void Bar(HtmlWriter html, string style, Scale x, double from, double to) => html.Open(
        "rect",
        ("class", style),
        ("x", x.Place(from)),
        ("y", $"{Line - (Thickness / 2)}"),
        ("width", Figure.Number(x.At(to) - x.At(from))),
        ("height", $"{Thickness}"),
        ("rx", "5")).Close();
}
