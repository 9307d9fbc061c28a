using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs;

/// <summary>
/// The attributes of a <see cref="Node"/>: a long, float, string, <see cref="Tensor"/>, or an immutable array of the first three.
/// Immutable.
/// </summary>
internal sealed class NodeAttributes
{
    public static readonly NodeAttributes None = new(ImmutableSortedDictionary<string, object>.Empty);

    private readonly ImmutableSortedDictionary<string, object> _values;

    private NodeAttributes(ImmutableSortedDictionary<string, object> values) => _values = values;

    public IEnumerable<string> Names => _values.Keys;

    public object this[string name] => _values[name];

    public bool Has(string name) => _values.ContainsKey(name);

    public long Integer(string name, long otherwise) => _values.TryGetValue(name, out object? v) ? Cast<long>(name, v) : otherwise;

    public float Float(string name, float otherwise) => _values.TryGetValue(name, out object? v) ? Cast<float>(name, v) : otherwise;

    public string Text(string name, string otherwise) => _values.TryGetValue(name, out object? v) ? Cast<string>(name, v) : otherwise;

    public Tensor? Tensor(string name) => _values.TryGetValue(name, out object? v) ? Cast<Tensor>(name, v) : null;

    /// <summary>A list of integers, or null where the attribute is absent.</summary>
    public ImmutableArray<long>? Integers(string name) =>
        _values.TryGetValue(name, out object? v) ? Cast<ImmutableArray<long>>(name, v) : null;

    /// <summary>A list of extents, such as those of a window, or null where the attribute is absent.</summary>
    public int[]? Extents(string name)
    {
        if (Integers(name) is not { } integers)
        {
            return null;
        }

        int[] extents = new int[integers.Length];
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = (int)integers[i];
        }

        return extents;
    }

    /// <summary>A list of floats, or null where the attribute is absent.</summary>
    public ImmutableArray<float>? Floats(string name) =>
        _values.TryGetValue(name, out object? v) ? Cast<ImmutableArray<float>>(name, v) : null;

    public NodeAttributes With(string name, object value)
    {
        bool known = value is long or float or string or Tensors.Tensor
            or ImmutableArray<long> or ImmutableArray<float> or ImmutableArray<string>;
        return known
            ? new NodeAttributes(_values.SetItem(name, value))
            : throw new ArgumentException($"an attribute cannot be a {value.GetType().Name}", nameof(value));
    }

    public NodeAttributes Without(string name) => new(_values.Remove(name));

    private static T Cast<T>(string name, object value) =>
        value is T typed
            ? typed
            : throw new InvalidNetworkException($"the attribute '{name}' is not of the type that its operator expects");
}
