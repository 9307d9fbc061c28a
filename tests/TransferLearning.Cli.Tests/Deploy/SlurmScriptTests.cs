using System.Diagnostics;

namespace TransferLearning.Cli.Tests.Deploy;

/// <summary>deploy/slurm/extract.sbatch without a scheduler; tests/Slurm/run has one.</summary>
public sealed class SlurmScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task It_runs_the_shard_of_its_task_with_the_processors_and_options_that_it_is_given()
    {
        (int code, string output) = await RunAsync("/data/my photos", "/cache", "64", "--backbone", "compact");

        code.ShouldBe(0);
        output.ShouldBe(
            "extract|/data/my photos|--cache|/cache|--shard|auto|--shards|64|--threads|6|--backbone|compact|");
    }

    [SkippableFact]
    public async Task Without_its_arguments_it_says_what_they_are() => (await RunAsync("/data")).Code.ShouldBe(1);

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs bash");
        string command = Path.Combine(_folder.Path, "transfer");
        await File.WriteAllTextAsync(command, "#!/bin/bash\nprintf '%s|' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string script = Path.Combine(SharedFiles.RepositoryRoot, "deploy", "slurm", "extract.sbatch");
        var start = new ProcessStartInfo("bash", [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TRANSFER"] = command;
        start.Environment["SLURM_CPUS_PER_TASK"] = "6";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
