using TransferLearning.Cli.SampleData.Patterns;

namespace TransferLearning.Cli.Tests.SampleData.Patterns;

public sealed class AngleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(-0.37)]
    [InlineData(7.77)]
    public void The_sine_without_a_library_is_a_sine(double turns) =>
        Angle.Sin(turns).ShouldBe(Math.Sin(turns * 2 * Math.PI), 1e-7);
}
