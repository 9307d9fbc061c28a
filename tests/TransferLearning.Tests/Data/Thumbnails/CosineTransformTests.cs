using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Tests.Data.Thumbnails;

public class CosineTransformTests
{
    [Theory]
    [InlineData(32, 8)]
    [InlineData(8, 4)]
    public void The_frequencies_are_those_of_the_definition(int side, int frequencies)
    {
        var random = new Random(3);
        float[] square = [.. Enumerable.Range(0, side * side).Select(_ => (float)random.Next(256))];
        float[] computed = new float[frequencies * frequencies];

        new CosineTransform(side, frequencies).Transform(square, computed);

        for (int i = 0; i < computed.Length; i++)
        {
            (int v, int u) = (i / frequencies, i % frequencies);
            double sum = 0;
            for (int p = 0; p < square.Length; p++)
            {
                sum += square[p] * Cosine(p / side, v) * Cosine(p % side, u);
            }

            computed[i].ShouldBe((float)sum, 0.01f, $"frequency {u} across, {v} down");
        }

        double Cosine(int x, int u) => Math.Sqrt((u == 0 ? 1.0 : 2.0) / side) * Math.Cos(((2 * x) + 1) * u * Math.PI / (2 * side));
    }
}
