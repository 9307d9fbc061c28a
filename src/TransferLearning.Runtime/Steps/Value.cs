using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Steps;

/// <summary>
/// A value of a compiled network: its number and its layout, which does not change after compilation. A value that is concatenated with
/// others may be a part of the result from the start: some of its channels, in its memory.
/// </summary>
internal sealed class Value(int index, string name, FeatureMapLayout layout)
{
    private readonly List<Value> _parts = [];

    public int Index { get; } = index;

    public string Name { get; } = name;

    /// <summary>The layout. A part has its own channels, but the distances and the border of the whole.</summary>
    public FeatureMapLayout Layout { get; private set; } = layout;

    /// <summary>The value that this is a part of; null for a value with its own memory.</summary>
    public Value? Whole { get; private init; }

    /// <summary>The channel of the whole that a part begins with.</summary>
    public int FirstChannel { get; private init; }

    public ReadOnlySpan<Value> Parts => CollectionsMarshal.AsSpan(_parts);

    /// <summary>Adds a value for some channels, in whole vectors, that a step can write by itself. Steps only read the whole.</summary>
    public Value AddPart(int index, string name, int firstChannel, int channels)
    {
        var part = new Value(index, name, Layout with { Channels = channels }) { Whole = this, FirstChannel = firstChannel };
        _parts.Add(part);
        return part;
    }

    /// <summary>Widens the border to at least the given widths: the padding of a step that reads the value.</summary>
    public void RequireBorder(int top, int left, int bottom, int right)
    {
        Layout = Layout.WithBorder(Math.Max(top, 0), Math.Max(left, 0), Math.Max(bottom, 0), Math.Max(right, 0));
        foreach (Value part in Parts)
        {
            part.RequireBorder(top, left, bottom, right);
        }
    }

    /// <summary>Reduces the memory to that of a block of channels at a time.</summary>
    public void Narrow(int channels) => Layout = Layout with { PixelStride = channels };

    public override string ToString() => Name;
}
