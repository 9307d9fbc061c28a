using TransferLearning.LinearAlgebra;

namespace TransferLearning.Tests.LinearAlgebra;

public class DenseVectorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(64)]
    public void Four_products_at_once_are_those_of_each_alone_to_the_last_bit(int length)
    {
        const int stride = 70;
        float[] a = Values(length, seed: 1), others = Values(4 * stride, seed: 2);

        (float First, float Second, float Third, float Fourth) products = DenseVector.DotFour(a, others, stride);

        products.ShouldBe((Alone(0), Alone(1), Alone(2), Alone(3)));
        float Alone(int i) => DenseVector.Dot(a, others.AsSpan(i * stride, length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void Division_divides_each_value(int length)
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
