namespace TransferLearning.Runtime.Generator;

/// <summary>Writes the end of a kernel of neighboring outputs: the accumulators c0, c1, ... are clamped and stored.</summary>
internal static class OutputStores
{
    /// <param name="source">Gets the lines.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="outputs">The number of accumulators.</param>
    /// <param name="address">Where the first goes; the others follow at the tile's distance between output pixels.</param>
    public static void Write(SourceText source, VectorType v, int outputs, string address)
    {
        source.Line($"float* o = {address};");
        for (int p = 0; p < outputs; p++)
        {
            source.Line($"c{p} = {v.Clamp($"c{p}", "low", "high")};");
            source.Line(v.Store($"c{p}", "o"));
            if (p + 1 < outputs)
            {
                source.Line("o += tile->OutputPixelStride;");
            }
        }
    }
}
