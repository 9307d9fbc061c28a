using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Steps;

/// <summary>
/// A value of a compiled network: its number and its place in memory. The layout is settled before the first run. Values that are
/// concatenated may be parts of the whole from the start: some of its channels, in its memory.
/// </summary>
internal sealed class Value(int index, string name, FeatureMapLayout layout)
{
    private readonly List<Value> _parts = [];

    public int Index { get; } = index;

    public string Name { get; } = name;

    /// <summary>Of a part: the channels are its own, the distances and the border those of the whole.</summary>
    public FeatureMapLayout Layout { get; private set; } = layout;

    /// <summary>The map that this is a part of; null for a value with memory of its own.</summary>
    public Value? Whole { get; private init; }

    /// <summary>The channel of the whole that a part begins with.</summary>
    public int FirstChannel { get; private init; }

    public ReadOnlySpan<Value> Parts => CollectionsMarshal.AsSpan(_parts);

    /// <summary>Makes some channels, whole vectors of them, a value that a step can write on its own; steps read the whole alone.</summary>
    public Value AddPart(int index, string name, int firstChannel, int channels)
    {
        var part = new Value(index, name, Layout with { Channels = channels }) { Whole = this, FirstChannel = firstChannel };
        _parts.Add(part);
        return part;
    }

    /// <summary>Asks for a border at least as wide: a consumer's padding.</summary>
    public void RequireBorder(int top, int left, int bottom, int right)
    {
        Layout = Layout.WithBorder(Math.Max(top, 0), Math.Max(left, 0), Math.Max(bottom, 0), Math.Max(right, 0));
        foreach (Value part in Parts)
        {
            part.RequireBorder(top, left, bottom, right);
        }
    }

    /// <summary>Makes room for fewer channels than there are: a block of them at a time.</summary>
    public void Narrow(int channels) => Layout = Layout with { PixelStride = channels };

    public override string ToString() => Name;
}
