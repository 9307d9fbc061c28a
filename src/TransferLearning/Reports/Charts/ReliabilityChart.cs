using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>How often predictions are right, over their probability: one circle per bin, larger where it has more images.</summary>
internal static class ReliabilityChart
{
    private const int Size = 260;
    private const int Left = 44;
    private const int Bottom = 36;
    private const int Margin = 10;
    private const double MaxRadius = 9;
    private const double MinRadius = 2.5;

    public static void Write(HtmlWriter html, string description, IReadOnlyList<ReliabilityBin> bins)
    {
        ReliabilityBin[] used = [.. bins.Where(b => b.Images > 0)];
        var x = new Scale(0, 1, Left, Size - Margin);
        var y = new Scale(0, 1, Size - Bottom, Margin);
        html.Open("svg", ("viewBox", $"0 0 {Size} {Size}"), ("role", "img"), ("aria-label", description));
        foreach (double tick in new[] { 0, 0.25, 0.5, 0.75, 1 })
        {
            string place = y.Place(tick), text = Figure.WholePercent(tick);
            html.Open("line", ("class", "axis"), ("x1", $"{Left}"), ("x2", $"{Size - Margin}"), ("y1", place), ("y2", place)).Close();
            html.Element("text", text, ("x", $"{Left - 5}"), ("y", Figure.Number(y.At(tick) + 4)), ("text-anchor", "end"));
            if (tick is 0 or 0.5 or 1)
            {
                string anchor = tick == 1 ? "end" : "middle";
                html.Element("text", text, ("x", x.Place(tick)), ("y", $"{Size - Bottom + 15}"), ("text-anchor", anchor));
            }
        }

        string middle = $"{(Left + Size - Margin) / 2}";
        html.Element("text", "predicted probability", ("x", middle), ("y", $"{Size - 5}"), ("text-anchor", "middle"));
        html.Element("text", "how often right", ("x", $"{Left + 6}"), ("y", $"{Margin + 14}"));
        html.Open("line", ("class", "guide"), ("x1", x.Place(0)), ("y1", y.Place(0)), ("x2", x.Place(1)), ("y2", y.Place(1))).Close();
        string points = string.Join(' ', used.Select(b => $"{x.Place(b.Confidence)},{y.Place(b.Accuracy)}"));
        html.Open("polyline", ("class", "first"), ("points", points)).Close();
        int most = used.Max(b => b.Images);
        foreach (ReliabilityBin bin in used)
        {
            double radius = Math.Max(MinRadius, MaxRadius * Math.Sqrt((double)bin.Images / most));
            html.Open(
                "circle", ("class", "dot"), ("cx", x.Place(bin.Confidence)), ("cy", y.Place(bin.Accuracy)), ("r", Figure.Number(radius)));
            html.Element("title", $"{Figure.Of(bin.Images, "image", "images")}: probability {Figure.Percent(bin.Confidence)}, "
                + $"right in {Figure.Percent(bin.Accuracy)}").Close();
        }

        html.Close().Line();
    }
}
