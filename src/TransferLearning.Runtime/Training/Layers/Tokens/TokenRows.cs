using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>Gives layers of tokens the pixels of a map one after the other, at the distance of its pixel stride.</summary>
internal static unsafe class TokenRows
{
    /// <summary>The floats of <see cref="Read"/>'s memory.</summary>
    public static long ScratchLength(BatchMap map) => map.GradientLayout.Length;

    /// <summary>The pixels of an image: where they are stored, or in the given memory.</summary>
    public static float* Read(BatchMap map, int image, float* scratch)
    {
        MapView view = MapReader.Load(map, image, 1, map.GradientLayout, scratch);
        if (!view.Layout.HasBorder)
        {
            return view.Origin;
        }

        FeatureMapLayout rows = map.GradientLayout;
        for (int y = 0; y < rows.Height; y++)
        {
            new ReadOnlySpan<float>(view.Origin + ((nint)y * view.Layout.RowStride), rows.RowStride)
                .CopyTo(new Span<float>(scratch + ((nint)y * rows.RowStride), rows.RowStride));
        }

        return scratch;
    }

    /// <summary>A pixel of an output, by its number.</summary>
    public static float* PixelOf(BatchMap output, int image, int pixel) =>
        new MapView(output.ImageAt(image), output.Layout).PixelAt(pixel);
}
