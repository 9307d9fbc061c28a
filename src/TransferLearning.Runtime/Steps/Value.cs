using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Steps;

/// <summary>
/// A value of a compiled network: its number and its layout, which does not change after compilation. A value that is concatenated with
/// others may be a part of the result from the start: some of its channels, in its memory. A view is a value in the memory of another, with
/// a layout of its own.
/// </summary>
internal sealed class Value(int index, string name, FeatureMapLayout layout)
{
    private readonly List<Value> _parts = [];

    public int Index { get; } = index;

    public string Name { get; } = name;

    /// <summary>The layout. A part has its own channels, but the distances and the border of the whole.</summary>
    public FeatureMapLayout Layout { get; private set; } = layout;

    /// <summary>The value in whose memory this is, as a part or a view; null for a value with its own memory.</summary>
    public Value? Whole { get; private init; }

    /// <summary>
    /// The channel of the whole that a part begins with; for a view, the distance in floats from the whole's first pixel.
    /// </summary>
    public int FirstChannel { get; private init; }

    /// <summary>Whether the layout can no longer change, as views and steps have taken distances from it.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The floats of memory that the value and its views take.</summary>
    public long MemoryLength
    {
        get
        {
            long length = Layout.Length;
            foreach (Value part in Parts)
            {
                length = Math.Max(length, Layout.Origin + part.FirstChannel - part.Layout.Origin + (long)part.Layout.Length);
            }

            return length;
        }
    }

    public ReadOnlySpan<Value> Parts => CollectionsMarshal.AsSpan(_parts);

    /// <summary>Adds a value for some channels, in whole vectors, that a step can write by itself. Steps only read the whole.</summary>
    public Value AddPart(int index, string name, int firstChannel, int channels)
    {
        var part = new Value(index, name, Layout with { Channels = channels }) { Whole = this, FirstChannel = firstChannel };
        _parts.Add(part);
        return part;
    }

    /// <summary>
    /// Adds a value for elements of this one's memory in another layout, for steps that only read. This layout is final then.
    /// </summary>
    /// <param name="index">The number of the view.</param>
    /// <param name="name">Its name.</param>
    /// <param name="offset">The distance from this value's first pixel to the view's, in floats.</param>
    /// <param name="layout">The layout of the view.</param>
    public Value AddView(int index, string name, int offset, FeatureMapLayout layout)
    {
        Freeze();
        if (Whole is not null)
        {
            return Whole.AddView(index, name, FirstChannel + offset, layout);
        }

        var view = new Value(index, name, layout) { Whole = this, FirstChannel = offset, IsFrozen = true };
        _parts.Add(view);
        return view;
    }

    /// <summary>Makes the layout final.</summary>
    public void Freeze()
    {
        IsFrozen = true;
        Whole?.Freeze();
    }

    /// <summary>Widens the border to at least the given widths: the padding of a step that reads the value.</summary>
    /// <exception cref="InvalidOperationException">The layout is final, and has no such border.</exception>
    public void RequireBorder(int top, int left, int bottom, int right)
    {
        FeatureMapLayout wider = Layout.WithBorder(Math.Max(top, 0), Math.Max(left, 0), Math.Max(bottom, 0), Math.Max(right, 0));
        if (wider == Layout)
        {
            return;
        }

        Layout = IsFrozen || (Whole?.IsFrozen ?? false)
            ? throw new InvalidOperationException($"the layout of '{Name}' is final: a border needs a copy")
            : wider;
        foreach (Value part in Parts)
        {
            part.RequireBorder(top, left, bottom, right);
        }
    }

    /// <summary>Reduces the memory to that of a block of channels at a time.</summary>
    public void Narrow(int channels) => Layout = Layout with { PixelStride = channels };

    public override string ToString() => Name;
}
