namespace TransferLearning.Runtime.Formats.Wire;

/// <summary>The numbers of a repeated field.</summary>
/// <remarks>
/// Not a <see cref="List{T}"/>, and without <see cref="Array.Empty"/> and <see cref="Array.Resize"/>: the code of .NET's generic types and
/// methods for numbers is not compiled ahead with this library, so each that is used would be compiled when a program starts.
/// </remarks>
internal sealed class RepeatedValues<T>
    where T : unmanaged
{
    private const int MinCapacity = 4;

    private T[]? _values;
    private int _count;

    public int Count => _count;

    public ReadOnlySpan<T> Span => new(_values, 0, _count);

    public T this[int index] => Span[index];

    public void Add(T value)
    {
        Reserve(1);
        _values![_count++] = value;
    }

    /// <summary>Makes room for that many more.</summary>
    public void Reserve(int count)
    {
        int needed = checked(_count + count);
        int capacity = _values?.Length ?? 0;
        if (needed > capacity)
        {
            var values = new T[Math.Max(Math.Max(needed, MinCapacity), (int)Math.Min(2L * capacity, Array.MaxLength))];
            if (_values is not null)
            {
                Array.Copy(_values, values, _count);
            }

            _values = values;
        }
    }

    /// <summary>A copy.</summary>
    public T[] ToArray()
    {
        var copy = new T[_count];
        if (_values is not null)
        {
            Array.Copy(_values, copy, _count);
        }

        return copy;
    }
}
