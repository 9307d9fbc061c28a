using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>
/// Gives layers the images of a map, and the gradients of those that they computed, with the border that their windows need: as they are
/// stored where that fits, else computed or copied into scratch memory.
/// </summary>
internal static unsafe class MapReader
{
    /// <summary>The layout in which a layer reads a map that needs a border.</summary>
    public static FeatureMapLayout LayoutOf(BatchMap map, FeatureMapLayout bordered) => IsDirect(map) ? map.Layout : bordered;

    /// <summary>Whether a map is read where it is stored.</summary>
    public static bool IsDirect(BatchMap map) => map.Derivation is null;

    /// <summary>Whether the gradient of a stored map is read where it is stored.</summary>
    public static bool IsGradientDirect(BatchMap map, FeatureMapLayout layout) => map.OnlyReader is null && !layout.HasBorder;

    /// <summary>Reads images of a map.</summary>
    /// <param name="map">The map; a stored one has the border already.</param>
    /// <param name="image">The first image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="layout">The layout that <see cref="LayoutOf"/> gave.</param>
    /// <param name="scratch">Memory for that many images; unused for a stored map.</param>
    public static MapView Load(BatchMap map, int image, int count, FeatureMapLayout layout, float* scratch)
    {
        if (map.Derivation is not { } function)
        {
            return new MapView(map.ImageAt(image), map.Layout);
        }

        var view = new MapView(scratch + layout.Origin, layout);
        for (int i = 0; i < count; i++)
        {
            float* source = function.Source.ImageAt(image + i);
            float* target = view.ImageAt(i);
            layout.ClearBorder(target, 0, layout.Height);
            for (int y = 0; y < layout.Height; y++)
            {
                function.Forward(
                    source + ((nint)y * function.Source.Layout.RowStride), target + ((nint)y * layout.RowStride), layout.Width);
            }
        }

        return view;
    }

    /// <summary>Reads the gradients of images of a stored map, for the layer that computed it.</summary>
    /// <param name="map">The map.</param>
    /// <param name="image">The first image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="layout">The layout with the border that is needed.</param>
    /// <param name="scratch">Memory for that many images.</param>
    public static MapView LoadGradient(BatchMap map, int image, int count, FeatureMapLayout layout, float* scratch)
    {
        FeatureMapLayout stored = map.GradientLayout;
        if (IsGradientDirect(map, layout))
        {
            return new MapView(map.GradientAt(image), stored);
        }

        var view = new MapView(scratch + layout.Origin, layout);
        for (int i = 0; i < count; i++)
        {
            float* target = view.ImageAt(i);
            layout.ClearBorder(target, 0, layout.Height);
            for (int y = 0; y < layout.Height; y++)
            {
                float* row = target + ((nint)y * layout.RowStride);
                if (map.OnlyReader is { } reader)
                {
                    float* x = map.ImageAt(image + i) + ((nint)y * map.Layout.RowStride);
                    float* dy = reader.GradientAt(image + i) + ((nint)y * stored.RowStride);
                    reader.Derivation!.Backward(x, dy, row, layout.Width);
                }
                else
                {
                    float* source = map.GradientAt(image + i) + ((nint)y * stored.RowStride);
                    new ReadOnlySpan<float>(source, stored.RowStride).CopyTo(new Span<float>(row, stored.RowStride));
                }
            }
        }

        return view;
    }
}
