using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>Maps values to places along an axis, with round tick values. Immutable.</summary>
internal sealed class Scale
{
    private readonly double _start;
    private readonly double _end;

    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="start">Where the lowest value stands.</param>
    /// <param name="end">Where the highest value stands.</param>
    /// <param name="wholeTicks">Whether ticks are whole numbers.</param>
    public Scale(double low, double high, double start, double end, bool wholeTicks = false)
    {
        (Low, High, _start, _end) = (low, high > low ? high : low + 1, start, end);
        double rough = (High - Low) / 4, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        step = wholeTicks ? Math.Max(1, Math.Round(step)) : step;
        double first = Math.Ceiling((Low / step) - 1e-9) * step;
        Ticks = [.. Enumerable.Range(0, 12).Select(i => first + (i * step)).Where(t => t <= High + (step * 1e-9))];
    }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<double> Ticks { get; }

    public double At(double value) => _start + ((value - Low) / (High - Low) * (_end - _start));

    /// <summary>The place as SVG writes it.</summary>
    public string Place(double value) => Figure.Number(At(value));
}
