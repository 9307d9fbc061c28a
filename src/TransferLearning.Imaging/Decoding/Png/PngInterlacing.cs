namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>One pass over an image: the pixels of every ColumnStep-th column and RowStep-th row.</summary>
internal readonly record struct PngPass(int FirstColumn, int FirstRow, int ColumnStep, int RowStep)
{
    /// <summary>Pixels per row, for an image of this width.</summary>
    public int WidthOf(int width) => (width - FirstColumn + ColumnStep - 1) / ColumnStep;

    /// <summary>Rows, for an image of this height.</summary>
    public int HeightOf(int height) => (height - FirstRow + RowStep - 1) / RowStep;
}

/// <summary>The passes of an image's pixels (PNG specification, 8).</summary>
internal static class PngInterlacing
{
    private static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    private static readonly PngPass[] Adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    /// <summary>The passes, in the order of the file.</summary>
    public static ReadOnlySpan<PngPass> PassesOf(PngHeader header) => header.IsInterlaced ? Adam7 : Whole;

    /// <summary>The number of bytes of all filtered rows.</summary>
    public static long BytesOf(PngHeader header)
    {
        long total = 0L;
        foreach (PngPass pass in PassesOf(header))
        {
            int width = pass.WidthOf(header.Width);
            if (width > 0)
            {
                total += pass.HeightOf(header.Height) * (1L + header.RowBytes(width));
            }
        }

        return total;
    }
}
