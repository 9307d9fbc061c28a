using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>
/// A confusion matrix as a heat map: one row per class, one column per predicted class, shaded by the share of the row. With few classes,
/// the cells hold figures; with many, rows and columns have names only; with very many, neither.
/// </summary>
internal sealed class ConfusionChart
{
    private const int MaxClassesWithFigures = 12;
    private const int MaxClassesWithNames = 80;
    private const int NameLength = 16;
    private const double TextWidth = 7.6;

    private readonly ConfusionMatrix _matrix;
    private readonly int _classes;
    private readonly double _cell;
    private readonly double _names;

    public ConfusionChart(ConfusionMatrix matrix)
    {
        (_matrix, _classes) = (matrix, matrix.ClassNames.Count);
        _cell = _classes <= MaxClassesWithFigures ? Math.Clamp(260.0 / _classes, 36, 72)
            : _classes <= MaxClassesWithNames ? 16
            : Math.Max(2, 720.0 / _classes);
        _names = HasNames ? 10 + (TextWidth * Math.Min(NameLength, matrix.ClassNames.Max(n => n.Length))) : 14;
    }

    private bool HasFigures => _classes <= MaxClassesWithFigures;

    private bool HasNames => _classes <= MaxClassesWithNames;

    private double Size => _names + (_classes * _cell) + 1;

    public void Write(HtmlWriter html, string description)
    {
        // Names must stay readable on a narrow screen, so the chart scrolls there; without names it may shrink.
        string width = Figure.Number(Size);
        string style = HasNames ? $"width:{width}px;max-width:none" : $"max-width:{width}px";
        html.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", description), ("tabindex", "0"));
        html.Open(
            "svg", ("viewBox", $"0 0 {width} {Figure.Number(Size + 18)}"), ("style", style), ("role", "img"), ("aria-label", description));
        if (HasNames)
        {
            html.Element("text", "predicted as", ("x", Figure.Number(_names)), ("y", "12"));
        }

        html.Open("g", ("transform", "translate(0 18)"));
        WriteCells(html);
        if (HasNames)
        {
            WriteNames(html);
        }

        html.Open(
            "rect",
            ("class", "cells"),
            ("x", Figure.Number(_names)),
            ("y", Figure.Number(_names)),
            ("width", Figure.Number(_classes * _cell)),
            ("height", Figure.Number(_classes * _cell))).Close();
        html.Close().Close().Close().Line();
    }

    private void WriteCells(HtmlWriter html)
    {
        for (int actual = 0; actual < _classes; actual++)
        {
            int images = Enumerable.Range(0, _classes).Sum(p => _matrix[actual, p]);
            for (int predicted = 0; predicted < _classes; predicted++)
            {
                int count = _matrix[actual, predicted];
                if (count > 0)
                {
                    WriteCell(html, actual, predicted, count, (double)count / images);
                }
            }
        }
    }

    private void WriteCell(HtmlWriter html, int actual, int predicted, int count, double share)
    {
        // The square root makes rare mistakes visible. Behind figures, the shade stays light enough to read them.
        double opacity = Math.Max(0.12, Math.Sqrt(share)) * (HasFigures ? 0.5 : 1);
        double x = _names + (predicted * _cell), y = _names + (actual * _cell);
        html.Open(
            "rect",
            ("class", actual == predicted ? "right" : "wrong"),
            ("x", Figure.Number(x)),
            ("y", Figure.Number(y)),
            ("width", Figure.Number(_cell)),
            ("height", Figure.Number(_cell)),
            ("fill-opacity", Figure.Number(opacity)));
        if (HasNames)
        {
            html.Element("title", $"{Figure.Of(count, "image", "images")} of {_matrix.ClassNames[actual]} predicted as "
                + $"{_matrix.ClassNames[predicted]} ({Figure.WholePercent(share)})");
        }

        html.Close();
        if (HasFigures)
        {
            html.Element(
                "text",
                $"{count}",
                ("class", "strong"),
                ("x", Figure.Number(x + (_cell / 2))),
                ("y", Figure.Number(y + (_cell / 2) + 4)),
                ("text-anchor", "middle"));
        }
    }

    private void WriteNames(HtmlWriter html)
    {
        for (int i = 0; i < _classes; i++)
        {
            string name = _matrix.ClassNames[i], shown = name.Length <= NameLength ? name : $"{name[..(NameLength - 1)]}\u2026";
            double middle = _names + ((i + 0.5) * _cell) + 4;
            html.Open("text", ("x", Figure.Number(_names - 5)), ("y", Figure.Number(middle)), ("text-anchor", "end"));
            html.Text(shown).Element("title", name).Close();
            html.Open("text", ("transform", $"translate({Figure.Number(middle)} {Figure.Number(_names - 5)}) rotate(-90)"));
            html.Text(shown).Element("title", name).Close();
        }
    }
}
