namespace TransferLearning.Runtime.Steps.Convolution;

/// <summary>
/// The nesting of a convolution's loops, chosen so that the least memory is read. Either the input of one block of pixels stays in cache
/// while all weights are read, block by block and image by image; or the weights of one panel of output channels stay in cache while all
/// images are read, panel by panel.
/// </summary>
/// <param name="Blocks">The number of blocks per image.</param>
/// <param name="PanelsOutside">Whether the loop over the panels is the outer one.</param>
internal readonly record struct ConvolutionLoops(int Blocks, bool PanelsOutside)
{
    /// <summary>The input of a block: a share of the second-level cache.</summary>
    private const int BlockBytes = 192 * 1024;

    /// <summary>The memory that stays in a typical second-level cache.</summary>
    private const int NearBytes = 512 * 1024;

    /// <summary>The cost of reading a byte from beyond the second-level cache, where one from within costs 1.</summary>
    private const int FarCost = 4;

    /// <summary>Chooses the nesting with the lowest cost of reading.</summary>
    /// <param name="images">The number of images.</param>
    /// <param name="rows">The number of output rows per image.</param>
    /// <param name="inputBytes">The input that the windows of these rows cover, per image.</param>
    /// <param name="weightBytes">The weights of all panels.</param>
    /// <param name="panels">The number of panels.</param>
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
