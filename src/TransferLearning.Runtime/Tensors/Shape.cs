namespace TransferLearning.Runtime.Tensors;

/// <summary>The extents of a tensor, outermost first. An extent of -1 is not known, such as that of a batch of any size.</summary>
internal sealed class Shape : IEquatable<Shape>
{
    public static readonly Shape Scalar = new([]);

    private readonly int[] _dimensions;

    public Shape(params ReadOnlySpan<int> dimensions)
    {
        foreach (int d in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(d, -1);
        }

        _dimensions = dimensions.ToArray();
    }

    public int Rank => _dimensions.Length;

    public ReadOnlySpan<int> Dimensions => _dimensions;

    public bool IsKnown => !Dimensions.Contains(-1);

    /// <summary>The number of elements; 1 for a scalar.</summary>
    /// <exception cref="InvalidOperationException">An extent is unknown.</exception>
    /// <exception cref="OverflowException">There are more than 2,147,483,647 elements.</exception>
    public int Length
    {
        get
        {
            long length = 1;
            foreach (int d in _dimensions)
            {
                length = checked(length * (d >= 0 ? d : throw new InvalidOperationException($"the shape {this} has an unknown extent")));
            }

            return checked((int)length);
        }
    }

    /// <summary>The extent of an axis; negative axes count from the end.</summary>
    public int this[int axis] => _dimensions[axis < 0 ? axis + Rank : axis];

    public bool Equals(Shape? other) => other is not null && Dimensions.SequenceEqual(other.Dimensions);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int d in _dimensions)
        {
            hash.Add(d);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(',', _dimensions.Select(d => d < 0 ? "?" : d.ToString()))}]";
}
