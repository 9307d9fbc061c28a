namespace TransferLearning.Imaging.Decoding;

/// <summary>Lays transparent pixels over white.</summary>
internal static class Blending
{
    /// <summary>A value 0..255 at an opacity 0..255, rounded.</summary>
    public static byte OverWhite(int value, int opacity) => (byte)(((value * opacity) + (255 * (255 - opacity)) + 127) / 255);
}
