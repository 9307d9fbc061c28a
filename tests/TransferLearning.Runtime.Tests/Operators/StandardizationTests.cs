using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Operators;

public class StandardizationTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(196, 0)]
    [InlineData(197, 1000)]
    public void Values_far_from_0_are_standardized_as_precisely_as_others(int length, float offset)
    {
        float[] x = [.. SeededInput.Create(new Shape(length), 4).Floats.ToArray().Select(v => v + offset)];
        float[] scale = [.. Enumerable.Range(0, length).Select(i => 1 + (i / 100f))];
        double mean = x.Average(v => (double)v), variance = x.Average(v => (v - mean) * (v - mean));
        float[] expected = [.. x.Select((v, i) => (float)(((v - mean) / Math.Sqrt(variance + 1e-5) * scale[i]) + 0.5))];
        float[] y = new float[length];

        StandardizationLoops.Apply(x, y, StandardizationLoops.Statistics(x, 1e-5), scale, [0.5f]);

        Difference.Relative(y, expected).ShouldBeLessThan(1e-6);
    }
}
