namespace TransferLearning.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_is_printed_on_request()
    {
        CommandRun run = await CommandRun.WithAsync("--help");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Usage:");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_option_is_named_without_a_stack_trace()
    {
        CommandRun run = await CommandRun.WithAsync("--no-such-option");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("--no-such-option");
        run.Error.ShouldNotContain("   at ");
    }
}
