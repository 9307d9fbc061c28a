namespace TransferLearning.Runtime.Execution;

/// <summary>A value of a compiled network: its number and its place in memory. The layout is settled before the first run.</summary>
internal sealed class Value(int index, string name, FeatureMapLayout layout)
{
    public int Index { get; } = index;

    public string Name { get; } = name;

    public FeatureMapLayout Layout { get; private set; } = layout;

    /// <summary>Asks for a border at least as wide: a consumer's padding.</summary>
    public void RequireBorder(int top, int left, int bottom, int right) =>
        Layout = Layout.WithBorder(Math.Max(top, 0), Math.Max(left, 0), Math.Max(bottom, 0), Math.Max(right, 0));

    /// <summary>Makes room for fewer channels than there are: a block of them at a time.</summary>
    public void Narrow(int channels) => Layout = Layout with { PixelStride = channels };

    public override string ToString() => Name;
}
