namespace TransferLearning.Runtime.Operators.Resizing;

/// <summary>
/// The input elements that an output element of a <see cref="ResizeOperator"/> is computed from along one axis, and their weights: the
/// nearest one, or those within a linear kernel or the cubic kernel of Keys (1981). Immutable.
/// </summary>
internal sealed class ResizeFilter(ResizeOptions options)
{
    /// <summary>The input positions and weights of an output position; null where it lies outside the input and is extrapolated.</summary>
    public (int Position, double Weight)[]? Taps(ResizeAxis axis, int position)
    {
        double x = axis.Coordinate(options.Coordinates, position);
        return options.Crops && (x < 0 || x > axis.Input - 1) ? null
            : options.Mode == "nearest" ? [((int)Math.Clamp(Nearest(x), 0, axis.Input - 1), 1)]
            : Weighted(axis, x);
    }

    private double Nearest(double x) => options.Rounding switch
    {
        "round_prefer_floor" => Math.Ceiling(x - 0.5),
        "round_prefer_ceil" => Math.Floor(x + 0.5),
        "floor" => Math.Floor(x),
        "ceil" => Math.Ceiling(x),
        _ => throw new InvalidOperationException($"'{options.Rounding}' is not a way of rounding coordinates"),
    };

    private (int Position, double Weight)[] Weighted(ResizeAxis axis, double x)
    {
        double narrowing = options.Antialiases ? Math.Min(axis.Scale, 1) : 1;
        double reach = (options.Mode == "cubic" ? 2 : 1) / narrowing;
        var taps = new List<(int Position, double Weight)>();
        double sum = 0;
        for (int i = (int)Math.Ceiling(x - reach); i <= x + reach; i++)
        {
            double distance = Math.Abs(i - x) * narrowing;
            double weight = options.Mode == "cubic" ? Cubic(distance) : Linear(distance);
            int inside = Math.Clamp(i, 0, axis.Input - 1);
            if (weight != 0 && (inside == i || !options.ExcludesOutside))
            {
                taps.Add((inside, weight));
                sum += weight;
            }
        }

        return [.. taps.Select(t => (t.Position, t.Weight / sum))];
    }

    private static double Linear(double distance) => Math.Max(1 - distance, 0);

    private double Cubic(double distance)
    {
        double a = options.CubicCoefficient;
        return distance switch
        {
            <= 1 => ((((a + 2) * distance) - (a + 3)) * distance * distance) + 1,
            < 2 => (((((distance - 5) * distance) + 8) * distance) - 4) * a,
            _ => 0,
        };
    }
}
