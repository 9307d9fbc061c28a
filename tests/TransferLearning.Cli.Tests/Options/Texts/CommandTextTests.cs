using System.CommandLine;
using TransferLearning.Cli.Options.Texts;

namespace TransferLearning.Cli.Tests.Options.Texts;

public class CommandTextTests
{
    [Fact]
    public void Words_that_a_shell_would_change_are_quoted()
    {
        string expected = OperatingSystem.IsWindows() ? "transfer advise \"my photos/\" a.onnx" : "transfer advise 'my photos/' a.onnx";

        CommandText.Of(["transfer", "advise", "my photos/", "a.onnx"]).ShouldBe(expected);
    }

    [Fact]
    public void Options_are_repeated_as_they_were_given()
    {
        Option<string[]> train = new("--train");
        Option<bool> quiet = new("--quiet");
        Option<string?> cache = new("--cache");
        var command = new Command("advise") { train, quiet, cache };

        ParseResult parsed = command.Parse("--train a --train b --quiet");

        CommandText.Given(parsed, [train, quiet, cache]).ShouldBe(["--train", "a", "--train", "b", "--quiet"]);
    }
}
