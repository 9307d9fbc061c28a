using TransferLearning.Imaging;
using TransferLearning.Models.Occlusion;

namespace TransferLearning.Reports.Pictures;

/// <summary>
/// Draws an occlusion map over what the network saw: in color with an orange glow where it looked, dark and gray elsewhere. The
/// brightness alone shows the difference, for those who cannot tell the colors apart.
/// </summary>
internal static class HeatPicture
{
    private const float Dimmed = 0.45f;
    private const float GlowShare = 0.4f;

    // The drop that glows fully is at least this large: a map of smaller drops, which mean little, stays dark.
    private const float MinFullDrop = 0.04f;

    private static readonly float[] Glow = [255, 130, 20];

    public static RgbImage Draw(OcclusionMap map)
    {
        float largest = Math.Max(map.Drops.Max(), MinFullDrop);
        ReadOnlySpan<byte> source = map.View.Pixels;
        byte[] pixels = new byte[source.Length];
        for (int i = 0; i < map.Drops.Length; i++)
        {
            float heat = Math.Clamp(map.Drops[i] / largest, 0, 1);
            float gray = Dimmed * ((0.299f * source[3 * i]) + (0.587f * source[(3 * i) + 1]) + (0.114f * source[(3 * i) + 2]));
            for (int c = 0; c < 3; c++)
            {
                float lit = ((1 - (GlowShare * heat)) * source[(3 * i) + c]) + (GlowShare * heat * Glow[c]);
                pixels[(3 * i) + c] = (byte)(((1 - heat) * gray) + (heat * lit));
            }
        }

        return new RgbImage(map.View.Width, map.View.Height, pixels);
    }
}
