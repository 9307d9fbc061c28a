namespace TransferLearning.Runtime.Steps;

/// <summary>
/// How a feature map lies in memory: NHWC, channels padded to <see cref="PixelStride"/>, with a border of zeros that spares
/// convolutions the test for the edge. What the padding of a pixel holds is nobody's business: no step computes a channel from it; in a part of
/// a whole (<see cref="Value.Whole"/>) other parts' channels lie there, which its step leaves alone. Counts floats. A vector (the output of
/// global pooling) is a map of 1 x 1 pixel; a batch of vectors is a map with a row an image.
/// </summary>
internal sealed record FeatureMapLayout(int Height, int Width, int Channels, int PixelStride)
{
    public int Top { get; init; }

    public int Left { get; init; }

    public int Bottom { get; init; }

    public int Right { get; init; }

    public int RowStride => (Left + Width + Right) * PixelStride;

    /// <summary>From the start of the memory to the first pixel.</summary>
    public int Origin => (Top * RowStride) + (Left * PixelStride);

    /// <summary>The memory of the whole map with its border.</summary>
    public int Length => (Top + Height + Bottom) * RowStride;

    public bool IsVector => Height == 1 && Width == 1;

    /// <summary>Whether there is room for a block of the channels at a time only.</summary>
    public bool IsNarrow => PixelStride < Channels;

    /// <summary>Whether the rows follow each other with nothing between.</summary>
    public bool IsContiguous => Left + Right == 0;

    public FeatureMapLayout WithBorder(int top, int left, int bottom, int right) => this with
    {
        Top = Math.Max(Top, top),
        Left = Math.Max(Left, left),
        Bottom = Math.Max(Bottom, bottom),
        Right = Math.Max(Right, right),
    };
}
