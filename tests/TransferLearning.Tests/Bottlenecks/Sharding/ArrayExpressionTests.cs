using TransferLearning.Bottlenecks.Sharding;

namespace TransferLearning.Tests.Bottlenecks.Sharding;

public sealed class ArrayExpressionTests
{
    [Theory]
    [InlineData("", new int[0])]
    [InlineData("0", new[] { 0 })]
    [InlineData("3,17-19", new[] { 3, 17, 18, 19 })]
    [InlineData("0-1,3,5-6", new[] { 0, 1, 3, 5, 6 })]
    public void Numbers_in_a_row_become_a_range(string expected, int[] numbers) => ArrayExpression.Of(numbers).ShouldBe(expected);
}
