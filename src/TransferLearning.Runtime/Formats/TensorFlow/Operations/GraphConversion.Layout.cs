using System.Collections.Immutable;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <content>Converts values to the order of axes that an operator needs.</content>
internal sealed partial class GraphConversion
{
    private static readonly ImmutableArray<long> ToChannelsFirst = [0, 3, 1, 2];
    private static readonly ImmutableArray<long> ToChannelsLast = [0, 2, 3, 1];

    private readonly Dictionary<string, ConvertedValue> _reordered = new(StringComparer.Ordinal);

    /// <summary>A value that TensorFlow has as NHWC, in NCHW order.</summary>
    /// <exception cref="InvalidNetworkException">The value does not have four axes.</exception>
    public ConvertedValue ChannelsFirst(ConvertedValue value) => value switch
    {
        { IsChannelsFirst: true } => value,
        { Shape.Rank: not 4 } => throw new InvalidNetworkException(
            $"the value '{value.Name}' has the shape {value.Shape} where an image or feature map, [N, H, W, C], is expected"),
        _ => Once($"{value.Name}:nchw", name => MoveChannelsFirst(value, name) with { IsChannelsFirst = true }),
    };

    /// <summary>A value with the axes in TensorFlow's order.</summary>
    public ConvertedValue AsDeclared(ConvertedValue value) => !value.IsChannelsFirst
        ? value
        : Once($"{value.Name}:nhwc", name => value.IsPixel
            ? Emit("Reshape", name, [value, Integers($"{name}:shape", 0, 1, 1, value.Shape[3])])
            : Emit("Transpose", name, [value], ("perm", ToChannelsLast)));

    /// <summary>Operands of arithmetic in one order of axes: NCHW if any of them has that.</summary>
    public (ConvertedValue[] Values, bool AreChannelsFirst) Align(IEnumerable<ConvertedValue> values)
    {
        ConvertedValue[] all = [.. values];
        return all.Any(v => v.IsChannelsFirst) ? ([.. all.Select(BroadcastChannelsFirst)], true) : (all, false);
    }

    /// <summary>A value that broadcasts against NHWC, converted to one that broadcasts in the same way against NCHW.</summary>
    private ConvertedValue BroadcastChannelsFirst(ConvertedValue value)
    {
        if (value.Shape.Rank == 0 || value.Shape.Rank >= 4)
        {
            return value.Shape.Rank == 0 ? value : ChannelsFirst(value);
        }

        long[] added = [.. Enumerable.Range(0, 4 - value.Shape.Rank).Select(a => (long)a)];
        return ChannelsFirst(Once($"{value.Name}:nhwc", name => Emit("Unsqueeze", name, [value, Integers($"{name}:axes", added)])));
    }

    private ConvertedValue MoveChannelsFirst(ConvertedValue value, string name) => value.IsPixel
        ? Emit("Reshape", name, [value, Integers($"{name}:shape", 0, value.Shape[3], 1, 1)])
        : Emit("Transpose", name, [value], ("perm", ToChannelsFirst));

    // Several users of a value share one copy in the other order.
    private ConvertedValue Once(string name, Func<string, ConvertedValue> make)
    {
        if (!_reordered.TryGetValue(name, out ConvertedValue? value))
        {
            value = make(name);
            _reordered.Add(name, value);
        }

        return value;
    }
}
