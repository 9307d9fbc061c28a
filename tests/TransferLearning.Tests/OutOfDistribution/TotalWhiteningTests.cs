using TransferLearning.Numerics;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Tests.OutOfDistribution;

public class TotalWhiteningTests
{
    private const int Features = 7;

    /// <summary>The total covariance is built from its definition, and the triangle must whiten it to the unit matrix.</summary>
    [Fact]
    public void The_triangle_whitens_the_sum_of_the_covariances_within_classes_and_of_their_means()
    {
        float[] within = [2, 0, 0, -0.5f, 4, 0, 0.25f, 1, 3];
        double[][] means = [[0.3, -0.2, 0.1], [-0.1, 0.4, 0.2]];
        float[] shares = [0.25f, 0.75f];
        float[] whitened = [.. means.SelectMany(m => RelativeMahalanobis.Multiply(within, Array.ConvertAll(m, v => (float)v)))];
        double spread = means.Zip(shares, (m, share) => share * m.Sum(v => v * v)).Sum();

        // The inverse of the triangle, column by column.
        float[][] columns = [.. Enumerable.Range(0, 3).Select(c => Column(within, c))];
        double Total(int r, int c) => columns.Sum(column => column[r] * column[c])
            + (0.8 * means.Zip(shares, (m, share) => share * m[r] * m[c]).Sum())
            + (r == c ? 0.2 * spread / Features : 0);

        float[] total = TotalWhitening.Factor(within, whitened, shares, Features);

        for (int r = 0; r < 3; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                double product = 0;
                for (int i = 0; i < 3; i++)
                {
                    for (int j = 0; j < 3; j++)
                    {
                        product += total[(r * 3) + i] * Total(i, j) * total[(c * 3) + j];
                    }
                }

                product.ShouldBe(r == c ? 1 : 0, 1e-5, $"row {r}, column {c}");
            }
        }
    }

    private static float[] Column(float[] within, int c)
    {
        float[] column = new float[3];
        column[c] = 1;
        Cholesky.SolveLower(within, column);
        return column;
    }
}
