using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>Gives the gradient of a derived map on to the map that it is derived from, where other readers have a part in that
/// gradient.</summary>
internal static unsafe class GradientPush
{
    /// <param name="derived">The derived map.</param>
    /// <param name="image">The image.</param>
    /// <param name="adds">Whether the gradient is added to one that is there.</param>
    /// <param name="scratch">Memory for a row.</param>
    public static void Push(BatchMap derived, int image, bool adds, float* scratch)
    {
        ChannelActivation function = derived.Derivation!;
        BatchMap source = function.Source;
        int row = source.GradientLayout.RowStride;
        for (int y = 0; y < source.Layout.Height; y++)
        {
            float* x = source.ImageAt(image) + ((nint)y * source.Layout.RowStride);
            float* dy = derived.GradientAt(image) + ((nint)y * row), dx = source.GradientAt(image) + ((nint)y * row);
            function.Backward(x, dy, adds ? scratch : dx, source.Layout.Width);
            if (adds)
            {
                Accumulation.Write(scratch, dx, row, adds: true);
            }
        }
    }
}
