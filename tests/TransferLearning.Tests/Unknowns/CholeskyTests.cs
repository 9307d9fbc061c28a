using TransferLearning.Unknowns;

namespace TransferLearning.Tests.Unknowns;

public class CholeskyTests
{
    [Fact]
    public void The_inverse_factor_whitens_the_matrix()
    {
        // L = [2 0; 1 3], L L' = [4 2; 2 10], and L's inverse is [1/2 0; -1/6 1/3].
        float[] inverse = Cholesky.InverseFactor([4, 2, 2, 10], 2);

        inverse[0].ShouldBe(0.5f, 1e-6f);
        inverse[1].ShouldBe(0);
        inverse[2].ShouldBe(-1f / 6, 1e-6f);
        inverse[3].ShouldBe(1f / 3, 1e-6f);
    }
}
