using System.Diagnostics;

namespace TransferLearning.Cli.Tests;

/// <summary>Runs the command as a process of its own, as users do.</summary>
internal static class TransferProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static string Assembly => typeof(CommandLine).Assembly.Location;

    public static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", Assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    public static async Task<CommandRun> FinishAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new CommandRun(process.ExitCode, await output, await error);
    }
}
