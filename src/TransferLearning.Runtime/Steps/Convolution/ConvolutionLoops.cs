namespace TransferLearning.Runtime.Steps.Convolution;

/// <summary>
/// How the loops of a convolution are nested, chosen by what they read. Either image by image and block of pixels by block, whose input stays
/// in cache while all weights pass by, or panel of output channels by panel, whose weights stay in cache while all images pass by.
/// </summary>
/// <param name="Blocks">The blocks of an image.</param>
/// <param name="PanelsOutside">Whether each panel serves all images before the next is read.</param>
internal readonly record struct ConvolutionLoops(int Blocks, bool PanelsOutside)
{
    /// <summary>How much input a block may cover: a share of the second-level cache.</summary>
    private const int BlockBytes = 192 * 1024;

    /// <summary>What stays in a usual second-level cache.</summary>
    private const int NearBytes = 512 * 1024;

    /// <summary>How much longer it takes to read a byte from beyond the second-level cache.</summary>
    private const int FarCost = 4;

    /// <summary>The nesting that reads least, where a byte from the second-level cache counts as a quarter.</summary>
    /// <param name="images">How many are run.</param>
    /// <param name="rows">The output rows of each.</param>
    /// <param name="inputBytes">What these rows' windows cover of an image.</param>
    /// <param name="weightBytes">Of all panels.</param>
    /// <param name="panels">How many are run.</param>
    public static ConvolutionLoops Choose(int images, int rows, long inputBytes, long weightBytes, int panels)
    {
        int blocks = (int)Math.Clamp((inputBytes + BlockBytes - 1) / BlockBytes, 1, Math.Max(1, rows));
        long inBlocks = images * ((FarCost * (weightBytes + inputBytes)) + Repeats(weightBytes, blocks - 1) + ((panels - 1) * inputBytes));
        long whole = images * ((FarCost * (weightBytes + inputBytes)) + Repeats(inputBytes, panels - 1));
        long outside = (FarCost * (weightBytes + (images * inputBytes))) + Repeats(images * inputBytes, panels - 1);
        return outside < Math.Min(inBlocks, whole) ? new ConvolutionLoops(1, PanelsOutside: true)
            : new ConvolutionLoops(whole < inBlocks ? 1 : blocks, PanelsOutside: false);
    }

    private static long Repeats(long bytes, int times) => times * bytes * (bytes <= NearBytes ? 1 : FarCost);
}
