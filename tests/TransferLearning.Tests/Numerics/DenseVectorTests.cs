using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class DenseVectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void Divide_divides_each_value(int length)
    {
        float[] values = Values(length, seed: 3), divided = [.. values];

        DenseVector.Divide(divided, 3);

        divided.ShouldBe(values.Select(v => v / 3));
    }

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
