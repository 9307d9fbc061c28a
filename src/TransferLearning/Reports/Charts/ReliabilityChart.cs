using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>
/// How often predictions are right, over their probability: one bar per group of predictions, with its 95 % interval and a mark at the mean
/// predicted probability. Groups stand side by side at equal distances, since most predictions are near 100 %.
/// </summary>
internal static class ReliabilityChart
{
    private const int Width = 300;
    private const int Height = 250;
    private const int Left = 48;
    private const int Right = 6;
    private const int Top = 12;
    private const int Bottom = 42;
    private const double BarShare = 0.6;

    public static void Write(HtmlWriter html, string description, IReadOnlyList<ReliabilityBin> bins)
    {
        var y = new Scale(0, 1, Height - Bottom, Top);
        html.Open("svg", ("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", description));
        foreach (double tick in new[] { 0, 0.25, 0.5, 0.75, 1 })
        {
            string place = y.Place(tick);
            html.Open("line", ("class", "axis"), ("x1", $"{Left}"), ("x2", $"{Width - Right}"), ("y1", place), ("y2", place)).Close();
            html.Element(
                "text", Figure.WholePercent(tick), ("x", $"{Left - 6}"), ("y", Figure.Number(y.At(tick) + 4)), ("text-anchor", "end"));
        }

        double step = (double)(Width - Left - Right) / bins.Count;
        foreach ((int i, ReliabilityBin bin) in bins.Index())
        {
            WriteBin(html, y, bin, Left + ((i + 0.5) * step), BarShare * step);
        }

        html.Element(
            "text", "predicted probability, %", ("x", $"{(Left + Width - Right) / 2}"), ("y", $"{Height - 5}"), ("text-anchor", "middle"));
        html.Close().Line();
    }

    private static void WriteBin(HtmlWriter html, Scale y, ReliabilityBin bin, double middle, double width)
    {
        var interval = ConfidenceInterval.OfShare(bin.Accuracy, bin.Images);
        string x = Figure.Number(middle), left = Figure.Number(middle - (width / 2)), right = Figure.Number(middle + (width / 2));
        html.Open("g").Element("title", $"{Figure.Of(bin.Images, "image", "images")}: mean probability {Figure.Percent(bin.Confidence)}, "
            + $"right in {Figure.Percent(bin.Accuracy)} ({Figure.Range(interval)})");
        html.Open(
            "rect",
            ("class", "column"),
            ("x", left),
            ("y", y.Place(bin.Accuracy)),
            ("width", Figure.Number(width)),
            ("height", Figure.Number(y.At(0) - y.At(bin.Accuracy)))).Close();
        html.Open("line", ("class", "whisker"), ("x1", x), ("x2", x), ("y1", y.Place(interval.Lower)), ("y2", y.Place(interval.Upper)))
            .Close();
        string expected = y.Place(bin.Confidence);
        html.Open("line", ("class", "expected"), ("x1", left), ("x2", right), ("y1", expected), ("y2", expected)).Close();
        html.Close();
        string from = Whole(bin.Lower), to = Whole(bin.Upper);
        html.Element(
            "text", from == to ? to : $"{from}\u2013{to}", ("x", x), ("y", $"{Height - Bottom + 16}"), ("text-anchor", "middle"));
    }

    private static string Whole(double share) => Figure.Text($"{100 * share:0}");
}
