namespace TransferLearning.Cli.Tests.Options;

[Collection(SampleSetTests.Name)]
public sealed class ReportOptionTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string[] FineTune =>
        ["fine-tune", samples.Images, "-o", _folder["model.onnx"], "--cache", samples.Cache, .. SharedFiles.SmallBackbone()];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_report_is_written_beside_the_model_and_nothing_else()
    {
        CommandRun run = await FineTuneAsync("--report", _folder["report.html"]);

        run.ShouldHaveEnded(0).Error.ShouldContain("Writing the report");
        Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).ShouldBe([_folder["model.onnx"], _folder["report.html"]]);
        (await File.ReadAllTextAsync(_folder["report.html"])).ShouldContain("<h1>Fine-tuning: images</h1>");
    }

    [Fact]
    public async Task The_report_of_labeling_has_the_agreement()
    {
        CommandRun run = await CommandRun.WithAsync(
            "pre-train", "--backbone", samples.Model, "--label", samples.Images,
            "-o", _folder["labels.csv"], "--report", _folder["report.html"]);

        run.ShouldHaveEnded(0);
        (await File.ReadAllTextAsync(_folder["report.html"])).ShouldContain("Agreement");
    }

    [Fact]
    public async Task A_missing_folder_is_named_before_the_work()
    {
        CommandRun run = await FineTuneAsync("--report", _folder["nowhere", "report.html"]);

        run.ShouldHaveFailedWith("--report", "nowhere", "does not exist");
        run.Error.ShouldNotContain("Extracting");
    }

    [Fact]
    public async Task Two_outputs_in_one_file_are_refused()
    {
        CommandRun run = await FineTuneAsync("--report", _folder["model.onnx"]);

        run.ShouldHaveFailedWith("--output and --report both name");
        File.Exists(_folder["model.onnx"]).ShouldBeFalse();
    }

    [Fact]
    public async Task The_report_is_written_after_a_missed_gate_too()
    {
        CommandRun run = await CommandRun.WithAsync(
            "evaluate", await samples.SmallModelAsync(), samples.Images,
            "--require-accuracy", "1", "--report", _folder["report.html"], "--quiet");

        run.ExitCode.ShouldBeOneOf(0, 2);
        File.Exists(_folder["report.html"]).ShouldBeTrue();
    }

    [Fact]
    public async Task The_report_of_a_canceled_training_is_about_the_best_model_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        using var error = new CancelingWriter("Training on", cancellation);

        CommandRun run = await CommandRun.WithAsync(
            error,
            cancellation.Token,
            [.. FineTune, "--report", _folder["report.html"]]);

        run.ShouldHaveEnded(130);
        (await File.ReadAllTextAsync(_folder["report.html"])).ShouldContain("the training was canceled");
    }

    private Task<CommandRun> FineTuneAsync(params string[] more) => CommandRun.WithAsync([.. FineTune, .. more]);
}
