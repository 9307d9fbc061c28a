using TransferLearning.Retraining;

namespace TransferLearning.Unknowns;

/// <summary>
/// A few typical directions a class, by k-means over its training features. An image of one of the classes lies near to a prototype of one
/// class, and clearly nearer than to those of any other. Immutable; thread-safe.
/// </summary>
/// <param name="values">[classes, perClass, rank].</param>
/// <param name="perClass">The number of prototypes a class.</param>
/// <param name="rank">The length of a direction.</param>
internal sealed class ClassPrototypes(float[] values, int perClass, int rank)
{
    public int PerClass => perClass;

    public ReadOnlySpan<float> Values => values;

    /// <summary>The squared distance to the nearest prototype, plus how much less it is than to the nearest of another class, negated:
    /// the higher, the less the direction belongs to any class.</summary>
    /// <param name="direction">[rank], of length 1.</param>
    public float Score(ReadOnlySpan<float> direction)
    {
        float nearest = float.PositiveInfinity, second = float.PositiveInfinity;
        for (int start = 0; start < values.Length; start += perClass * rank)
        {
            float own = float.PositiveInfinity;
            for (int p = 0; p < perClass; p++)
            {
                own = Math.Min(own, SquaredDistance(direction, values.AsSpan(start + p * rank, rank)));
            }

            second = Math.Min(second, Math.Max(own, nearest));
            nearest = Math.Min(nearest, own);
        }

        return float.IsFinite(second) ? 2 * nearest - second : nearest;
    }

    /// <summary>The vector over its length; a zero stays zero.</summary>
    public static float[] Direction(ReadOnlySpan<float> vector)
    {
        float length = MathF.Sqrt(DenseVector.Dot(vector, vector));
        float[] direction = vector.ToArray();
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = length > 0 ? direction[i] / length : 0;
        }

        return direction;
    }

    public static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            float difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }
}
