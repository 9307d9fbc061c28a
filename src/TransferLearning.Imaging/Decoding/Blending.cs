namespace TransferLearning.Imaging.Decoding;

/// <summary>Blends transparent pixels with white.</summary>
internal static class Blending
{
    /// <summary>A value 0..255 blended with white at an opacity 0..255, rounded.</summary>
    public static byte OverWhite(int value, int opacity) => (byte)(((value * opacity) + (255 * (255 - opacity)) + 127) / 255);
}
