namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class EngineTests(SampleSet samples)
{
    [Fact]
    public async Task The_embedded_engine_may_be_named()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync(
            "fine-tune", samples.Images, "-o", folder["model.onnx"], "--cache", samples.Cache, "--engine", "embedded", "--quiet");

        run.ShouldHaveEnded(0);
    }

    [Fact]
    public async Task The_engine_that_was_left_out_is_named_with_its_package()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync(
            "fine-tune", samples.Images, "-o", folder["model.onnx"], "--engine", "mlnet", "--backbone", folder["absent.meta"]);

        run.ShouldHaveEnded(1).Error.ShouldContain("absent.meta");
#if !MLNET
        run.Error.ShouldContain("-p:MLNet=true");
        run.Error.ShouldContain("the package TransferLearning.MLNet");
#endif
        File.Exists(folder["model.onnx"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_engine_is_refused()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync("fine-tune", samples.Images, "-o", folder["model.onnx"], "--engine", "gpu");

        run.ShouldHaveEnded(1).Error.ShouldContain("--engine expects embedded or mlnet, not 'gpu'");
    }
}
