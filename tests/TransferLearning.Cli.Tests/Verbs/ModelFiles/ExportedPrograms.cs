using System.Diagnostics;

namespace TransferLearning.Cli.Tests.Verbs.ModelFiles;

/// <summary>Runs the programs of an export, as its README says.</summary>
internal static class ExportedPrograms
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // What the .NET that runs the tests has set for its own builds would get into the program's.
    private static readonly string[] BuildVariables = ["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath"];

    /// <summary>Runs a program; the test is skipped where that fails for a reason outside of the export.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="isAbsent">Whether an output says that what the program needs is not to be had here.</param>
    /// <param name="command">The command.</param>
    /// <returns>The lines of the standard output.</returns>
    public static async Task<string[]> RunAsync(string folder, Func<string, bool> isAbsent, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in BuildVariables)
        {
            start.Environment.Remove(variable);
        }

        using Process process = Process.Start(start)!;
        CommandRun run = await TransferProcess.FinishAsync(process, Limit);
        Skip.If(run.ExitCode != 0 && isAbsent(run.Output + run.Error), $"{string.Join(' ', command.Take(3))}: {run.Output}{run.Error}");
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
