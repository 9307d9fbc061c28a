using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Formats.Wire;

/// <summary>The numbers of a repeated field.</summary>
/// <remarks>
/// Not <see cref="List{T}"/>: the code of .NET's generic types for numbers is not compiled ahead with this library, so each of their methods
/// would be compiled when a program starts.
/// </remarks>
internal sealed class RepeatedValues<T>
    where T : unmanaged
{
    private T[] _values = [];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Span => _values.AsSpan(0, Count);

    public T this[int index] => Span[index];

    public void Add(T value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(4, 2 * Count));
        }

        _values[Count++] = value;
    }

    /// <summary>Makes room for that many more.</summary>
    public void Reserve(int count)
    {
        if (count > _values.Length - Count)
        {
            Array.Resize(ref _values, Math.Max(Count + count, Count < 4 ? 0 : 2 * Count));
        }
    }

    /// <summary>A copy.</summary>
    public T[] ToArray() => Span.ToArray();

    /// <summary>A copy.</summary>
    public ImmutableArray<T> ToImmutableArray() => ImmutableCollectionsMarshal.AsImmutableArray(ToArray());
}
