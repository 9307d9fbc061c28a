using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Tests.Files;

public sealed class CsvFieldTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void A_field_is_quoted_where_necessary(string field, string quoted) => CsvField.Quote(field).ShouldBe(quoted);
}
