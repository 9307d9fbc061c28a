using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Typical images of each class, by k-means over its training features. An image of one of the classes lies near to a prototype of one
/// class, and clearly nearer than to those of any other, in angle. Immutable; thread-safe.
/// </summary>
internal sealed class ClassPrototypes
{
    /// <summary>The largest whole number that they are stored in: only their directions count, which few levels keep.</summary>
    public const int Levels = 15;

    private readonly float[] _values;
    private readonly float[] _directions;
    private readonly int _rank;

    /// <param name="values">[classes, perClass, rank].</param>
    /// <param name="perClass">The number of prototypes a class.</param>
    /// <param name="rank">The length of a prototype.</param>
    public ClassPrototypes(float[] values, int perClass, int rank)
    {
        (_values, PerClass, _rank) = (values, perClass, rank);
        _directions = new float[values.Length];
        for (int start = 0; start < values.Length; start += rank)
        {
            Direction(values.AsSpan(start, rank)).CopyTo(_directions, start);
        }
    }

    public int PerClass { get; }

    /// <summary>[classes, PerClass, rank].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The same prototypes in other coordinates.</summary>
    /// <param name="triangle">[rank, rank], lower, with zeros above the diagonal: what they are multiplied by.</param>
    public ClassPrototypes Multiply(ReadOnlySpan<float> triangle)
    {
        float[] product = new float[_values.Length];
        int start = 0;
        for (; start + (4 * _rank) <= product.Length; start += 4 * _rank)
        {
            for (int r = 0; r < _rank; r++)
            {
                ReadOnlySpan<float> row = triangle.Slice(r * _rank, LowerTriangle.RowLength(r, _rank));
                int at = start + r;
                (product[at], product[at + _rank], product[at + (2 * _rank)], product[at + (3 * _rank)]) =
                    FourRows.Dot(row, _values.AsSpan(start, 4 * _rank), _rank);
            }
        }

        for (; start < product.Length; start += _rank)
        {
            RelativeMahalanobis.Multiply(triangle, _values.AsSpan(start, _rank)).CopyTo(product, start);
        }

        return new ClassPrototypes(product, PerClass, _rank);
    }

    /// <summary>The squared distance to the nearest prototype's direction, plus how much less it is than to the nearest of another class,
    /// negated: the higher, the less the direction belongs to any class.</summary>
    /// <param name="direction">[rank], of length 1.</param>
    public float Score(ReadOnlySpan<float> direction)
    {
        float nearest = float.PositiveInfinity, second = float.PositiveInfinity;
        for (int start = 0; start < _directions.Length; start += PerClass * _rank)
        {
            float own = float.PositiveInfinity;
            for (int p = 0; p < PerClass; p++)
            {
                own = Math.Min(own, 2 - (2 * DenseVector.Dot(direction, _directions.AsSpan(start + (p * _rank), _rank))));
            }

            second = Math.Min(second, Math.Max(own, nearest));
            nearest = Math.Min(nearest, own);
        }

        return float.IsFinite(second) ? (2 * nearest) - second : nearest;
    }

    /// <summary>A copy of the vector, scaled to length 1; a zero stays zero.</summary>
    public static float[] Direction(ReadOnlySpan<float> vector)
    {
        float[] direction = vector.ToArray();
        DenseVector.Normalize(direction);
        return direction;
    }
}
