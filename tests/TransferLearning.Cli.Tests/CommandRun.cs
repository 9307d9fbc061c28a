using System.Text.Json;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Tests;

/// <summary>One run of the command inside the test's process: its output and its exit code.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> WithAsync(params string[] arguments)
    {
        using var error = new StringWriter();
        return await WithAsync(error, CancellationToken.None, arguments);
    }

    /// <summary>Runs with a writer for messages and progress that may cancel the run.</summary>
    public static async Task<CommandRun> WithAsync(StringWriter error, CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        var host = new CommandHost { Output = output, Error = error, OutputIsTerminal = false, ErrorIsTerminal = false };
        int exitCode = await CommandLine.RunAsync(FastBackbone.In(arguments), host, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs with variables of the environment, as a scheduler sets them, and without all others.</summary>
    public static async Task<CommandRun> WithVariablesAsync(Dictionary<string, string> variables, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CommandHost
        {
            Output = output,
            Error = error,
            OutputIsTerminal = false,
            ErrorIsTerminal = false,
            Variable = variables.GetValueOrDefault,
        };
        int exitCode = await CommandLine.RunAsync(FastBackbone.In(arguments), host, CancellationToken.None);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs with <c>--json</c> and returns the fields too.</summary>
    public static async Task<(CommandRun Run, JsonElement Json)> WithJsonAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string file = folder["report.json"];
        CommandRun run = await WithAsync([.. arguments, "--json", file]);
        return (run, File.Exists(file) ? JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement : default);
    }

    public CommandRun ShouldHaveEnded(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, $"output:\n{Output}\nerror:\n{Error}");
        Error.ShouldNotContain("   at ", Case.Sensitive, "a stack trace");
        return this;
    }

    /// <summary>A refusal: exit code 1, the message on the standard error, nothing on the standard output.</summary>
    public void ShouldHaveFailedWith(params string[] parts)
    {
        ShouldHaveEnded(1);
        Output.ShouldBeEmpty();
        foreach (string part in parts)
        {
            Error.ShouldContain(part);
        }
    }
}
