namespace TransferLearning.Runtime.Steps;

/// <summary>
/// Scales and shifts the channels of an image while it is copied to a network's memory: the arithmetic with constants that a network begins
/// with. It is nearly free there, where a step of its own would read and write the whole image. Immutable.
/// </summary>
internal sealed class InputScaling
{
    private readonly float[] _scale;
    private readonly float[] _shift;

    /// <param name="scale">[channels].</param>
    /// <param name="shift">[channels].</param>
    /// <param name="width">The width of the image in pixels.</param>
    public InputScaling(ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, int width)
    {
        // One number per element of a row, so that a row is one loop over consecutive floats.
        (_scale, _shift) = (Repeated(scale, width), Repeated(shift, width));
    }

    /// <summary>The scale of each element of a row [width, channels].</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>The shift of each element of a row [width, channels].</summary>
    public ReadOnlySpan<float> Shift => _shift;

    private static float[] Repeated(ReadOnlySpan<float> channels, int width)
    {
        float[] row = new float[channels.Length * width];
        for (int x = 0; x < width; x++)
        {
            channels.CopyTo(row.AsSpan(x * channels.Length));
        }

        return row;
    }
}
