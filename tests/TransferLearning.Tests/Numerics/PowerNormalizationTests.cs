using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class PowerNormalizationTests
{
    private static readonly float[] Features = [4, 0, -9, 1, 0.25f, 16, 2];

    [Fact]
    public void Features_become_their_signed_roots_at_length_one()
    {
        float[] normalized = PowerNormalization.Apply(Features);

        normalized.Sum(v => v * v).ShouldBe(1, 1e-6f);
        (normalized[0] / normalized[3]).ShouldBe(2, 1e-6f);
        (normalized[2] / normalized[3]).ShouldBe(-3, 1e-6f);
        normalized[1].ShouldBe(0);
    }

    [Fact]
    public void Both_precisions_agree()
    {
        double[] normalized = new double[Features.Length];

        PowerNormalization.Apply(Features, normalized);

        normalized.Select(v => (float)v).ShouldBe(PowerNormalization.Apply(Features), 1e-6f);
    }

    [Fact]
    public void A_row_of_zeros_stays_zero()
    {
        double[] normalized = [7, 7];

        PowerNormalization.Apply([0, 0], normalized);

        normalized.ShouldBe([0.0, 0]);
        PowerNormalization.Apply([0, 0]).ShouldBe([0f, 0]);
    }

    [Fact]
    public void Every_row_is_normalized_by_itself() =>
        PowerNormalization.ApplyToRows([.. Features, .. Features.Reverse()], Features.Length)
            .ShouldBe([.. PowerNormalization.Apply(Features), .. PowerNormalization.Apply([.. Features.Reverse()])]);

    [Fact]
    public void Features_are_restored_from_the_sum_of_their_magnitudes()
    {
        float[] restored = PowerNormalization.Apply(Features);

        PowerNormalization.Restore(restored, PowerNormalization.MeanMagnitudeSum(Features, Features.Length));

        restored.ShouldBe(Features, 1e-5f);
    }
}
