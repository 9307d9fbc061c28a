using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Tests;

/// <summary>One run of the command inside the test's process: what it printed and how it ended.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> WithAsync(params string[] arguments) => await WithAsync(CancellationToken.None, arguments);

    public static async Task<CommandRun> WithAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CommandHost { Output = output, Error = error, IsTerminal = false };
        int exitCode = await CommandLine.RunAsync(arguments, host, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
