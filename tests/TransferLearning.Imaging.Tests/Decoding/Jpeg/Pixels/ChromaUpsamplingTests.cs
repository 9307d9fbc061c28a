using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Tests.Decoding.Jpeg.Pixels;

public sealed class ChromaUpsamplingTests
{
    [Fact]
    public void Halved_rows_are_blended_three_to_one_in_both_directions()
    {
        var random = new Random(9);
        for (int width = 1; width < 70; width++)
        {
            byte[] nearer = new byte[width];
            byte[] farther = new byte[width];
            random.NextBytes(nearer);
            random.NextBytes(farther);
            ushort[] sums = new ushort[width + 2];
            byte[] row = new byte[width * 2];

            ChromaUpsampling.BlendRows(nearer, farther, sums);
            ChromaUpsampling.DoubleWidth(sums, width, row, 8, 7, 4);

            for (int x = 0; x < width; x++)
            {
                row[x * 2].ShouldBe((byte)(((3 * Sum(x)) + Sum(x - 1) + 8) >> 4), $"left of {x} of {width}");
                row[(x * 2) + 1].ShouldBe((byte)(((3 * Sum(x)) + Sum(x + 1) + 7) >> 4), $"right of {x} of {width}");
            }

            int Sum(int x) => (3 * nearer[Math.Clamp(x, 0, width - 1)]) + farther[Math.Clamp(x, 0, width - 1)];
        }
    }
}
