namespace TransferLearning.Cli.Tests.Options;

[Collection(SampleSetTests.Name)]
public sealed class TrainerOptionTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_softmax_trainer_may_be_named() =>
        (await FineTuneAsync("--cache", samples.Cache, "--trainer", "softmax", "--quiet")).ShouldHaveEnded(0);

    [Fact]
    public async Task The_trainer_that_was_left_out_is_named_with_its_package()
    {
        CommandRun run = await FineTuneAsync("--trainer", "mlnet", "--backbone", _folder["absent.meta"]);

        run.ShouldHaveEnded(1).Error.ShouldContain("absent.meta");
#if !VISION
        run.Error.ShouldContain("-p:MLNetVision=true");
        run.Error.ShouldContain("the package TransferLearning.MLNet.Vision");
#endif
        File.Exists(_folder["model.onnx"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_trainer_is_refused() =>
        (await FineTuneAsync("--trainer", "gpu")).ShouldHaveFailedWith("--trainer expects softmax or mlnet, not 'gpu'");

    private Task<CommandRun> FineTuneAsync(params string[] more) =>
        CommandRun.WithAsync(["fine-tune", samples.Images, "-o", _folder["model.onnx"], .. more]);
}
