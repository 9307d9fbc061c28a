using System.Diagnostics;

namespace TransferLearning.Cli.Tests;

[Collection(SampleSetTests.Name)]
public sealed class ProcessTests(SampleSet samples)
{
    [Fact]
    public async Task The_program_predicts_as_the_tests_do()
    {
        string image = samples.Image("rings", 1);
        CommandRun inProcess = await CommandRun.WithAsync("predict", samples.Model, image);

        using Process process = TransferProcess.Start("predict", samples.Model, image);
        CommandRun run = await TransferProcess.FinishAsync(process);

        run.ShouldHaveEnded(0).Output.ShouldBe(inProcess.Output);
    }

    [Fact]
    public async Task The_program_fails_with_1_and_one_message()
    {
        using Process process = TransferProcess.Start("predict", "nowhere.onnx", "nowhere.jpg");

        (await TransferProcess.FinishAsync(process)).ShouldHaveFailedWith("nowhere.onnx", "nowhere.jpg");
    }

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_the_program_with_its_code_and_nothing_half_written(string signal, int code)
    {
        Skip.If(OperatingSystem.IsWindows(), "sends signals");
        using var folder = new TemporaryFolder();
        using Process process = TransferProcess.Start("sample-data", folder["data"], "--images", "5000", "--size", "512");
        string? first = await process.StandardError.ReadLineAsync();

        await SendAsync(signal, process);

        (await TransferProcess.FinishAsync(process)).ShouldHaveEnded(code)
            .Error.ShouldContain("canceled; files that were not complete were not written");
        first.ShouldNotBeNull().ShouldContain("Drawing");
    }

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_during_extraction_keeps_the_cache_and_says_so(string signal, int code)
    {
        Skip.If(OperatingSystem.IsWindows(), "sends signals");
        using var folder = new TemporaryFolder();
        using Process process = TransferProcess.Start(
            "fine-tune", samples.Images, "--cache", folder["cache"], "--threads", "1", "-o", folder["model.onnx"]);
        while (!Directory.Exists(folder["cache"]))
        {
            process.HasExited.ShouldBeFalse();
            await Task.Delay(1);
        }

        await SendAsync(signal, process);

        (await TransferProcess.FinishAsync(process)).ShouldHaveEnded(code).Error.ShouldContain("are in the cache");
        File.Exists(folder["model.onnx"]).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_killed_run_left_of_its_output_is_removed_by_the_next()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["evaluate", samples.Model, samples.Images, "--report", folder["report.html"]];

        // The moment is short: a run that was not met in it is repeated.
        for (int attempt = 0; attempt < 50 && Temporaries().Length == 0; attempt++)
        {
            using Process killed = TransferProcess.Start(arguments);
            while (!killed.HasExited && !Temporaries().Any(static f => f.Exists && f.Length > 0))
            {
                await Task.Delay(1);
            }

            killed.Kill();
            await TransferProcess.FinishAsync(killed);
        }

        Temporaries().Length.ShouldBe(1, "a process must be killed while it writes");

        using Process next = TransferProcess.Start(arguments);
        (await TransferProcess.FinishAsync(next)).ShouldHaveEnded(0);

        Directory.GetFiles(folder.Path).ShouldBe([folder["report.html"]]);

        FileInfo[] Temporaries() => new DirectoryInfo(folder.Path).GetFiles("*.tmp");
    }

    private static async Task SendAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
