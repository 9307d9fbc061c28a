using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>Values over epochs, with the best epoch marked.</summary>
internal static class LineChart
{
    private const int Width = 340;
    private const int Height = 220;
    private const int Left = 52;
    private const int Right = 12;
    private const int Top = 24;
    private const int Bottom = 40;

    /// <param name="html">The page.</param>
    /// <param name="description">A description of the chart, for screen readers.</param>
    /// <param name="series">The lines, with the same number of values, at least 1.</param>
    /// <param name="best">The best epoch, from 1; 0 for none.</param>
    /// <param name="areShares">True where the values are shares, 0..1.</param>
    public static void Write(HtmlWriter html, string description, IReadOnlyList<LineSeries> series, int best, bool areShares)
    {
        double[] values = [.. series.SelectMany(s => s.Values).OfType<double>().Where(double.IsFinite)];
        int epochs = series.Max(s => s.Values.Count);
        var x = new Scale(1, Math.Max(2, epochs), Left, Width - Right, wholeTicks: true);
        double margin = Math.Max(1e-3, 0.05 * (values.Max() - values.Min()));
        double low = Math.Max(0, values.Min() - margin), high = values.Max() + margin;
        var y = new Scale(low, areShares ? Math.Min(1, high) : high, Height - Bottom, Top);

        html.Open("svg", ("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", description));
        WriteAxes(html, x, y, areShares);
        if (best > 0)
        {
            WriteBest(html, x, y, best);
        }

        foreach (LineSeries line in series)
        {
            WriteLine(html, x, y, line, best);
        }

        html.Close().Line();
    }

    private static void WriteAxes(HtmlWriter html, Scale x, Scale y, bool areShares)
    {
        int decimals = y.Ticks.Count > 1 && y.Ticks[1] - y.Ticks[0] < (areShares ? 0.0099 : 0.099) ? areShares ? 1 : 2 : areShares ? 0 : 1;
        foreach (double tick in y.Ticks)
        {
            string text = areShares ? $"{(100 * tick).ToString($"F{decimals}")} %" : tick.ToString($"F{decimals}");
            string place = y.Place(tick);
            html.Open("line", ("class", "axis"), ("x1", $"{Left}"), ("x2", $"{Width - Right}"), ("y1", place), ("y2", place)).Close();
            html.Element("text", text, ("x", $"{Left - 6}"), ("y", Figure.Number(y.At(tick) + 4)), ("text-anchor", "end"));
        }

        foreach (double tick in x.Ticks)
        {
            html.Element("text", $"{tick:0}", ("x", x.Place(tick)), ("y", $"{Height - Bottom + 16}"), ("text-anchor", "middle"));
        }

        html.Element("text", "epoch", ("x", $"{(Left + Width - Right) / 2}"), ("y", $"{Height - 4}"), ("text-anchor", "middle"));
    }

    private static void WriteBest(HtmlWriter html, Scale x, Scale y, int best)
    {
        html.Open("line", ("class", "guide"), ("x1", x.Place(best)), ("x2", x.Place(best)), ("y1", y.Place(y.Low)), ("y2", $"{Top}"))
            .Close();
        string anchor = x.At(best) > Width - 70 ? "end" : x.At(best) < Left + 40 ? "start" : "middle";
        html.Element("text", $"best: {best}", ("class", "strong"), ("x", x.Place(best)), ("y", $"{Top - 8}"), ("text-anchor", anchor));
    }

    private static void WriteLine(HtmlWriter html, Scale x, Scale y, LineSeries line, int best)
    {
        (double Epoch, double Value)[] points =
        [
            .. line.Values.Index().Where(v => v.Item is { } value && double.IsFinite(value)).Select(v => (v.Index + 1.0, v.Item!.Value)),
        ];
        string place = string.Join(' ', points.Select(p => $"{x.Place(p.Epoch)},{y.Place(p.Value)}"));
        html.Open("polyline", ("class", line.Style), ("points", place)).Close();
        foreach ((double epoch, double value) in points.Where(p => p.Epoch == best || points.Length == 1))
        {
            html.Open("circle", ("class", line.Style), ("cx", x.Place(epoch)), ("cy", y.Place(value)), ("r", "3.5")).Close();
        }
    }
}
