using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Tests.Decoding.Jpeg.Pixels;

public sealed class ColorConversionTests
{
    [Fact]
    public void Every_color_is_that_of_fixed_point_and_within_a_half_of_the_definition()
    {
        byte[] luma = new byte[256];
        byte[] blue = new byte[256];
        byte[] red = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        byte[] rgb = new byte[256 * 3];
        for (int cb = 0; cb < 256; cb++)
        {
            Array.Fill(blue, (byte)cb);
            Array.Fill(luma, (byte)(cb * 7));

            ColorConversion.YCbCrToRgb(luma, blue, red, rgb);

            for (int cr = 0; cr < 256; cr++)
            {
                int y = (byte)(cb * 7);
                (int u, int v) = (cb - 128, cr - 128);
                rgb[cr * 3].ShouldBe(Clamp(y + (((91881 * v) + 32768) >> 16)));
                rgb[(cr * 3) + 1].ShouldBe(Clamp(y + (((-22554 * u) + (-46802 * v) + 32768) >> 16)));
                rgb[(cr * 3) + 2].ShouldBe(Clamp(y + (((116130 * u) + 32768) >> 16)));
                ((double)rgb[(cr * 3) + 1]).ShouldBe(Math.Clamp(y - (0.344136286 * u) - (0.714136286 * v), 0, 255), 0.51);
            }
        }
    }

    [Fact]
    public void Rows_of_every_width_are_filled()
    {
        var random = new Random(5);
        for (int width = 1; width < 70; width++)
        {
            byte[][] rows = new byte[3][];
            for (int i = 0; i < 3; i++)
            {
                rows[i] = new byte[width];
                random.NextBytes(rows[i]);
            }

            byte[] whole = new byte[width * 3];
            byte[] single = new byte[3];
            ColorConversion.YCbCrToRgb(rows[0], rows[1], rows[2], whole);

            for (int x = 0; x < width; x++)
            {
                ColorConversion.YCbCrToRgb(rows[0].AsSpan(x, 1), rows[1].AsSpan(x, 1), rows[2].AsSpan(x, 1), single);
                whole.AsSpan(x * 3, 3).SequenceEqual(single).ShouldBeTrue($"pixel {x} of {width}");
            }
        }
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
