namespace TransferLearning.Backbones.Features;

/// <summary>Tells the tokens of image patches, which form a square, from those before them: a class token, and registers.</summary>
internal static class TokenCount
{
    private const int MaxExtra = 8;

    /// <summary>How many tokens come before those of patches; 1 where the patches form no square.</summary>
    public static int BeforePatches(int tokens)
    {
        for (int extra = 0; extra <= Math.Min(MaxExtra, tokens - 1); extra++)
        {
            int side = (int)Math.Sqrt(tokens - extra);
            if (side * side == tokens - extra)
            {
                return extra;
            }
        }

        return Math.Min(1, tokens - 1);
    }
}
