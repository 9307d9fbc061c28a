using System.Diagnostics;

namespace TransferLearning.Cli.Tests;

/// <summary>Runs the command in a separate process, as users do.</summary>
internal static class TransferProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static string Assembly => typeof(CommandLine).Assembly.Location;

    // A background process ignores Ctrl-C and passes that on to its children. These tests may run in one; users' terminals do not.
    private static string[] Command => CommandOf(Assembly);

    private static string[] CommandOf(string assembly) =>
        OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", "exec", assembly] : ["dotnet", "exec", assembly];

    public static Process Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts with environment variables beside those of the tests.</summary>
    public static Process Start(Dictionary<string, string> environment, params string[] arguments) =>
        StartIn(Environment.CurrentDirectory, environment, arguments);

    /// <summary>Starts in another folder.</summary>
    public static Process StartIn(string folder, Dictionary<string, string> environment, params string[] arguments) =>
        Start(Command, folder, environment, arguments);

    /// <summary>Starts a copy of the command's files in a folder.</summary>
    public static Process StartCopy(string folder, params string[] arguments) =>
        Start(CommandOf(Path.Combine(folder, Path.GetFileName(Assembly))), Environment.CurrentDirectory, [], arguments);

    private static Process Start(string[] command, string folder, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static Task<CommandRun> FinishAsync(Process process) => FinishAsync(process, Limit);

    public static async Task<CommandRun> FinishAsync(Process process, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the command had not ended after {within}");
        }

        return new CommandRun(process.ExitCode, await output, await error);
    }
}
