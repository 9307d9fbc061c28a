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

    [SkippableFact]
    public async Task Ctrl_C_ends_the_program_with_130_and_nothing_half_written()
    {
        Skip.If(OperatingSystem.IsWindows(), "sends SIGINT");
        using var folder = new TemporaryFolder();
        using Process process = TransferProcess.Start("sample-data", folder["data"], "--images", "5000", "--size", "512");
        string? first = await process.StandardError.ReadLineAsync();

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        (await TransferProcess.FinishAsync(process)).ShouldHaveEnded(130).Error.ShouldContain("canceled");
        first.ShouldNotBeNull().ShouldContain("Drawing");
    }
}
