using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Charts;

/// <summary>Maps values to positions along an axis, with ticks at round values. Immutable.</summary>
internal sealed class Scale
{
    private readonly double _start;
    private readonly double _end;

    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="start">The position of the lowest value.</param>
    /// <param name="end">The position of the highest value.</param>
    /// <param name="wholeTicks">True where ticks must be whole numbers.</param>
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

    /// <summary>The position of a value.</summary>
    public double At(double value) => _start + ((value - Low) / (High - Low) * (_end - _start));

    /// <summary>The position of a value, as SVG writes it.</summary>
    public string Place(double value) => Figure.Number(At(value));
}
