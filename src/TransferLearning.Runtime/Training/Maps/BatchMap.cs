using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>
/// A feature map of every image of a batch, with its gradient. A stored map has memory; a derived one is computed from a stored one
/// wherever it is read, which saves its memory and the time to write it. Gradients have no border.
/// </summary>
internal sealed unsafe class BatchMap
{
    private BatchMap(string name, FeatureMapLayout layout, ChannelActivation? derivation) =>
        (Name, Layout, GradientLayout, Derivation) =
            (name, layout, layout with { Top = 0, Left = 0, Bottom = 0, Right = 0 }, derivation);

    public string Name { get; }

    /// <summary>The layout of one image.</summary>
    public FeatureMapLayout Layout { get; private set; }

    /// <summary>What the map is computed from; null for a stored map.</summary>
    public ChannelActivation? Derivation { get; }

    /// <summary>
    /// Whether the layer that computes the map can take its gradient from a derived map, and so save memory and time: see
    /// <see cref="OnlyReader"/>.
    /// </summary>
    public bool DerivesGradient { get; init; }

    /// <summary>
    /// The derived map that alone reads this one, from which the layer that computes this map takes its gradient: it has none of its own.
    /// Null where there are other readers, or the layer cannot do that.
    /// </summary>
    public BatchMap? OnlyReader { get; private set; }

    /// <summary>Whether the layer that computes the map tells of each image that it is complete, while it is in cache.</summary>
    public bool TellsOfImages { get; set; }

    /// <summary>Whether the layer that completes the map's gradient tells of each image.</summary>
    public bool TellsOfGradients { get; set; }

    /// <summary>Is called for each image of the map when it is complete, by any thread, where <see cref="TellsOfImages"/>.</summary>
    public Action<int>? ImageComplete { get; set; }

    /// <summary>Is called for each image of the gradient when it is complete, where <see cref="TellsOfGradients"/>.</summary>
    public Action<int>? GradientComplete { get; set; }

    /// <summary>The number of layers and derived maps that read the map.</summary>
    public int Readers { get; private set; }

    /// <summary>Whether a parameter or the gradient of another map depends on this map's gradient.</summary>
    public bool NeedsGradient { get; set; }

    /// <summary>The first image's first pixel; null for a derived map.</summary>
    public float* Data { get; set; }

    /// <summary>The gradient of the first image's first pixel.</summary>
    public float* Gradient { get; set; }

    /// <summary>The layout of one image without a border.</summary>
    public FeatureMapLayout GradientLayout { get; }

    public int Pixels => Layout.Height * Layout.Width;

    public static BatchMap Stored(string name, FeatureMapLayout layout, bool derivesGradient = false) =>
        new(name, layout, null) { DerivesGradient = derivesGradient };

    public static BatchMap Derived(string name, ChannelActivation derivation)
    {
        BatchMap source = derivation.Source;
        var derived = new BatchMap(name, source.GradientLayout, derivation);
        source.AddReader(derived);
        return derived;
    }

    /// <summary>Counts a reader.</summary>
    /// <param name="derived">The map that is derived from this one; null for a layer.</param>
    public void AddReader(BatchMap? derived = null)
    {
        OnlyReader = Readers == 0 && DerivesGradient ? derived : null;
        Readers++;
    }

    /// <summary>Widens the border of a stored map; a derived one gets its border where it is read.</summary>
    public void RequireBorder(FeatureMapLayout layout)
    {
        if (Derivation is null)
        {
            Layout = Layout.WithBorder(layout.Top, layout.Left, layout.Bottom, layout.Right);
        }
    }

    public float* ImageAt(int image) => Data + ((nint)image * Layout.Length);

    public float* GradientAt(int image) => Gradient + ((nint)image * GradientLayout.Length);

    public override string ToString() => Name;
}
