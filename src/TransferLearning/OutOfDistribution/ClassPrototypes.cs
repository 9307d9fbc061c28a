using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Typical features of each class, found by k-means over its training features. The features of an image of one of the classes are close,
/// in angle and in distance, to a prototype of that class, and in angle clearly less close to those of the other classes. Immutable;
/// thread-safe.
/// </summary>
internal sealed class ClassPrototypes
{
    /// <summary>
    /// The largest whole number that a value is stored as. Few levels are enough, as the errors of many values average out in the angles
    /// and distances to a prototype.
    /// </summary>
    public const int Levels = 15;

    private readonly float[] _values;
    private readonly float[] _directions;
    private readonly float[] _squaredLengths;
    private readonly int _rank;

    /// <param name="values">[classes, perClass, rank].</param>
    /// <param name="perClass">The number of prototypes per class.</param>
    /// <param name="rank">The length of a prototype.</param>
    public ClassPrototypes(float[] values, int perClass, int rank)
    {
        (_values, PerClass, _rank) = (values, perClass, rank);
        _directions = new float[values.Length];
        _squaredLengths = new float[values.Length / rank];
        for (int p = 0; p < _squaredLengths.Length; p++)
        {
            ReadOnlySpan<float> prototype = values.AsSpan(p * rank, rank);
            Direction(prototype).CopyTo(_directions, p * rank);
            _squaredLengths[p] = DenseVector.Dot(prototype, prototype);
        }
    }

    public int PerClass { get; }

    /// <summary>[classes, PerClass, rank].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The prototypes, each multiplied by a triangle.</summary>
    /// <param name="triangle">[rank, rank], lower, with zeros above the diagonal.</param>
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

    /// <summary>
    /// 2 * nearest - second, with the squared distances to the direction of the nearest prototype and to that of the nearest of another
    /// class: the higher, the less the direction belongs to any class.
    /// </summary>
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

    /// <summary>The squared distance of a vector to the nearest prototype of all classes.</summary>
    /// <param name="vector">[rank].</param>
    public float SquaredDistance(ReadOnlySpan<float> vector)
    {
        float nearest = float.PositiveInfinity;
        for (int p = 0; p < _squaredLengths.Length; p++)
        {
            nearest = Math.Min(nearest, _squaredLengths[p] - (2 * DenseVector.Dot(vector, _values.AsSpan(p * _rank, _rank))));
        }

        return nearest + DenseVector.Dot(vector, vector);
    }

    /// <summary>A copy of the vector, scaled to length 1; a zero stays zero.</summary>
    public static float[] Direction(ReadOnlySpan<float> vector)
    {
        float[] direction = vector.ToArray();
        DenseVector.Normalize(direction);
        return direction;
    }
}
