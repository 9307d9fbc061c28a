using TransferLearning.Bottlenecks;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Tests.OutOfDistribution;

public class PrincipalSubspaceTests
{
    [Fact]
    public void The_directions_of_most_variance_are_found_and_orthonormal()
    {
        const int Features = 12, Rows = 200, Rank = 2;
        var random = new Random(1);
        float[] values = new float[Rows * Features];
        for (int i = 0; i < values.Length; i++)
        {
            // Features 3 and 8 vary ten times as much as the others.
            float scale = i % Features is 3 or 8 ? 10 : 1;
            values[i] = scale * (float)(random.NextDouble() - 0.5);
        }

        float[] basis = PrincipalSubspace.Find(new BottleneckMatrix(Rows, Features, values), Rank, 1);

        for (int r = 0; r < Rank; r++)
        {
            float[] row = basis[(r * Features)..((r + 1) * Features)];
            row.Sum(v => v * v).ShouldBe(1, 1e-5f);
            ((row[3] * row[3]) + (row[8] * row[8])).ShouldBeGreaterThan(0.98f);
        }

        Enumerable.Range(0, Features).Sum(f => basis[f] * basis[Features + f]).ShouldBe(0, 1e-5f);
    }
}
