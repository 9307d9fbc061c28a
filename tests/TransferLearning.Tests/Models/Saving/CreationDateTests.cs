using TransferLearning.Models.Saving;

namespace TransferLearning.Tests.Models.Saving;

public sealed class CreationDateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("1700000000", "2023-11-14T22:13:20Z")]
    [InlineData("-1", "1969-12-31T23:59:59Z")]
    public void The_environment_gives_the_date(string value, string expected) =>
        CreationDate.Of(value, new Clock()).ShouldBe(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void The_clock_gives_the_date_where_the_environment_does_not(string? value) =>
        CreationDate.Of(value, new Clock()).ShouldBe(Now);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    [InlineData("1,000")]
    [InlineData("999999999999999")]
    [InlineData("99999999999999999999")]
    public void What_is_no_number_of_seconds_is_an_error(string value) =>
        Should.Throw<TransferLearningException>(() => CreationDate.Of(value, new Clock()))
            .Message.ShouldContain($"SOURCE_DATE_EPOCH is '{value}': expected the whole number of seconds since 1970");

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
