namespace TransferLearning.Runtime.Steps;

/// <summary>
/// The layout of a feature map in memory: NHWC, channels padded to <see cref="PixelStride"/>, with a border of zeros, so that convolutions
/// need not test for the edge. Padding lanes are unspecified; no step computes a channel from them. In a part of a whole
/// (<see cref="Value.Whole"/>) they are channels of other parts, and no step that writes the part changes them. All distances are in
/// floats. A vector (the output of global pooling) is a map of 1 x 1 pixel; a batch of vectors is a map with one row per image.
/// </summary>
internal sealed unsafe record FeatureMapLayout(int Height, int Width, int Channels, int PixelStride)
{
    public int Top { get; init; }

    public int Left { get; init; }

    public int Bottom { get; init; }

    public int Right { get; init; }

    // Checked, as steps write where these numbers say: extents and borders are those of a network file, which may be damaged.
    public int RowStride => checked((Left + Width + Right) * PixelStride);

    /// <summary>The distance from the start of the memory to the first pixel.</summary>
    public int Origin => checked((Top * RowStride) + (Left * PixelStride));

    /// <summary>The length of the whole map with its border.</summary>
    /// <exception cref="OverflowException">The map has more than 2,147,483,647 floats.</exception>
    public int Length => checked((Top + Height + Bottom) * RowStride);

    public bool IsVector => Height == 1 && Width == 1;

    /// <summary>Whether the memory holds only a block of the channels at a time.</summary>
    public bool IsNarrow => PixelStride < Channels;

    public bool HasBorder => Left + Right + Top + Bottom > 0;

    /// <summary>The layout with a border of at least the given widths.</summary>
    public FeatureMapLayout WithBorder(int top, int left, int bottom, int right) => this with
    {
        Top = Math.Max(Top, top),
        Left = Math.Max(Left, left),
        Bottom = Math.Max(Bottom, bottom),
        Right = Math.Max(Right, right),
    };

    /// <summary>Checks the size of a map that a step reads at the distances of this layout.</summary>
    /// <exception cref="InvalidOperationException">It is another: a fault of this library.</exception>
    public void RequireSize(int height, int width, int channels)
    {
        if ((Height, Width, Channels) != (height, width, channels))
        {
            throw new InvalidOperationException($"a map of {Height}x{Width}x{Channels} where {height}x{width}x{channels} is read");
        }
    }

    /// <summary>
    /// Clears the border beside some rows, and the border above or below the map if they include its first or last row.
    /// </summary>
    public void ClearBorder(float* origin, int from, int to)
    {
        if (!HasBorder)
        {
            return;
        }

        int left = Left * PixelStride, right = Right * PixelStride;
        for (int y = from; y < to; y++)
        {
            float* row = origin + ((long)y * RowStride);
            new Span<float>(row - left, left).Clear();
            new Span<float>(row + (Width * PixelStride), right).Clear();
        }

        if (from == 0 && to > 0)
        {
            new Span<float>(origin - left - ((long)Top * RowStride), Top * RowStride).Clear();
        }

        if (to == Height)
        {
            new Span<float>(origin - left + ((long)to * RowStride), Bottom * RowStride).Clear();
        }
    }
}
