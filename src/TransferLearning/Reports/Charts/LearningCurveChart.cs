using TransferLearning.Advice;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>Accuracy over the number of training images: measured points, and the fitted curve up to twice the images.</summary>
internal static class LearningCurveChart
{
    private const int Width = 340;
    private const int Height = 230;
    private const int Left = 52;
    private const int Right = 14;
    private const int Top = 12;
    private const int Bottom = 40;
    private const int Steps = 40;

    public static void Write(HtmlWriter html, LearningCurve curve)
    {
        double first = curve.Points[0].TrainImages, most = 2 * curve.Points[^1].TrainImages;
        (double Images, double Accuracy)[] fitted =
        [
            .. Enumerable.Range(0, Steps + 1)
                .Select(i => Math.Max(1, first + ((most - first) * i / Steps)))
                .Select(n => (n, curve.Predict(n))),
        ];
        double[] values = [.. fitted.Select(f => f.Accuracy), .. curve.Points.Select(p => p.Accuracy)];
        double margin = Math.Max(0.01, 0.05 * (values.Max() - values.Min()));
        var x = new Scale(0, most, Left, Width - Right, wholeTicks: true);
        var y = new Scale(Math.Max(0, values.Min() - margin), Math.Min(1, values.Max() + margin), Height - Bottom, Top);
        string description = $"Learning curve: accuracy {Figure.Percent(curve.Points[^1].Accuracy)} with "
            + Figure.Text($"{curve.Points[^1].TrainImages:0} training images; ")
            + Figure.Text($"{Figure.Percent(curve.Predict(most))} expected with {most:0}.");
        html.Open("svg", ("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", description));
        foreach (double tick in y.Ticks)
        {
            string place = y.Place(tick);
            html.Open("line", ("class", "axis"), ("x1", $"{Left}"), ("x2", $"{Width - Right}"), ("y1", place), ("y2", place)).Close();
            html.Element(
                "text",
                Figure.Text($"{100 * tick:0.#}\u00A0%"),
                ("x", $"{Left - 6}"),
                ("y", Figure.Number(y.At(tick) + 4)),
                ("text-anchor", "end"));
        }

        foreach (double tick in x.Ticks)
        {
            string images = Figure.Count((long)tick);
            html.Element("text", images, ("x", x.Place(tick)), ("y", $"{Height - Bottom + 16}"), ("text-anchor", "middle"));
        }

        html.Element("text", "training images", ("x", $"{(Left + Width - Right) / 2}"), ("y", $"{Height - 5}"), ("text-anchor", "middle"));
        string line = string.Join(' ', fitted.Select(f => $"{x.Place(f.Images)},{y.Place(f.Accuracy)}"));
        html.Open("polyline", ("class", "second"), ("points", line)).Close();
        foreach (LearningCurvePoint point in curve.Points)
        {
            html.Open("circle", ("class", "dot"), ("cx", x.Place(point.TrainImages)), ("cy", y.Place(point.Accuracy)), ("r", "4.5"));
            html.Element("title", Figure.Text($"{point.TrainImages:0} images: {Figure.Percent(point.Accuracy)}")).Close();
        }

        html.Close().Line();
    }
}
