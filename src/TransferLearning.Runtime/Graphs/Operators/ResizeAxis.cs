namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>Where the output elements of a <see cref="ResizeOperator"/> lie among the input elements along one axis. Immutable.</summary>
internal sealed record ResizeAxis(int Input, int Output, double Scale, string Coordinates, string Rounding, OperatorCall Call)
{
    /// <summary>Resamples one axis of a row-major array.</summary>
    /// <param name="values">The array.</param>
    /// <param name="extents">Its extents before.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">The extent of the axis afterwards.</param>
    /// <param name="sources">The input positions and weights of an output position.</param>
    public static double[] Apply(
        double[] values, ReadOnlySpan<int> extents, int axis, int size, Func<int, (int First, int Second, double Weight)> sources)
    {
        int inner = 1;
        foreach (int extent in extents[(axis + 1)..])
        {
            inner *= extent;
        }

        int length = extents[axis];
        int outer = values.Length / Math.Max(1, length * inner);
        var result = new double[outer * size * inner];
        for (int position = 0; position < size; position++)
        {
            (int first, int second, double weight) = sources(position);
            for (int o = 0; o < outer; o++)
            {
                for (int i = 0; i < inner; i++)
                {
                    double a = values[(((o * length) + first) * inner) + i];
                    double b = values[(((o * length) + second) * inner) + i];
                    result[(((o * size) + position) * inner) + i] = first == second ? a : (a * (1 - weight)) + (b * weight);
                }
            }
        }

        return result;
    }

    public (int First, int Second, double Weight) Nearest(int position)
    {
        double x = Coordinate(position);
        double nearest = Rounding switch
        {
            "round_prefer_floor" => Math.Ceiling(x - 0.5),
            "round_prefer_ceil" => Math.Floor(x + 0.5),
            "floor" => Math.Floor(x),
            "ceil" => Math.Ceiling(x),
            _ => throw Call.Error($"its nearest_mode '{Rounding}' is not known"),
        };
        int index = (int)Math.Clamp(nearest, 0, Input - 1);
        return (index, index, 0);
    }

    public (int First, int Second, double Weight) Linear(int position)
    {
        double x = Math.Clamp(Coordinate(position), 0, Input - 1);
        int first = (int)Math.Floor(x);
        return (first, Math.Min(first + 1, Input - 1), x - first);
    }

    private double Coordinate(int position) => Coordinates switch
    {
        _ when Scale == 1 && Input == Output => position,
        "half_pixel" => ((position + 0.5) / Scale) - 0.5,
        "pytorch_half_pixel" => Output > 1 ? ((position + 0.5) / Scale) - 0.5 : 0,
        "align_corners" => Output > 1 ? position * (Input - 1.0) / (Output - 1) : 0,
        "asymmetric" => position / Scale,
        _ => throw Call.Error($"its coordinate_transformation_mode '{Coordinates}' is not supported"),
    };
}
