using TransferLearning.Cli.Options.Texts;

namespace TransferLearning.Cli.Tests.Options.Texts;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("1073741824", 1073741824)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("500 mb", 500_000_000)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("3KiB", 3072)]
    [InlineData("12B", 12)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("0.25TB", 250_000_000_000)]
    public void Sizes_are_whole_numbers_or_have_a_unit(string text, long expected)
    {
        SizeText.TryRead(text, out long bytes).ShouldBeTrue();
        bytes.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("-1")]
    [InlineData("-1GB")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("64M")]
    [InlineData("10 apples")]
    [InlineData("9223372036854775808")]
    [InlineData("9000000000TiB")]
    [InlineData("NaNGB")]
    [InlineData("1e3MB")]
    public void What_is_no_size_is_refused(string text) => SizeText.TryRead(text, out _).ShouldBeFalse();
}
