using System.Text.Json;

namespace TransferLearning.Cli.Tests.Options.HeadTraining;

[Collection(SampleSetTests.Name)]
public sealed class HeadOptionsTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("softmax (Nesterov)", "--optimizer", "nesterov", "--head-learning-rate", "0.02", "--head-batch", "16")]
    [InlineData("softmax (Adam)", "--optimizer", "adam")]
    [InlineData("softmax (Lbfgs)", "--class-weights", "balanced", "--l2", "3.5")]
    public async Task The_head_is_trained_as_the_options_say(string trainer, params string[] options)
    {
        string[] train = ["fine-tune", samples.Images, "-o", _folder["m.onnx"], "--cache", samples.Cache, "--epochs", "5", "--no-history"];

        (await CommandRun.WithAsync([.. train, .. options])).ShouldHaveEnded(0);

        (_, JsonElement info) = await CommandRun.WithJsonAsync("info", _folder["m.onnx"]);
        info.GetProperty("training").GetProperty("trainer").GetString().ShouldBe(trainer);
        if (options.Contains("--l2"))
        {
            info.GetProperty("facts").GetProperty("l2").GetString().ShouldBe("3.5");
        }
    }

    [Fact]
    public async Task Balanced_classes_give_another_model_where_classes_are_uneven()
    {
        string uneven = _folder["uneven"];
        SampleSet.Copy(Path.Combine(samples.Images, "train"), uneven);
        foreach (string image in Directory.GetFiles(Path.Combine(uneven, "rings")).Skip(4))
        {
            File.Delete(image);
        }

        string[] train = ["fine-tune", uneven, "--cache", samples.Cache, "--no-history", "--no-date", "--quiet", "-o"];
        (await CommandRun.WithAsync([.. train, _folder["none.onnx"]])).ShouldHaveEnded(0);
        (await CommandRun.WithAsync([.. train, _folder["balanced.onnx"], "--class-weights", "balanced"])).ShouldHaveEnded(0);

        (await File.ReadAllBytesAsync(_folder["balanced.onnx"])).ShouldNotBe(await File.ReadAllBytesAsync(_folder["none.onnx"]));
    }

    [Theory]
    [InlineData("--class-weights expects none or balanced, not 'even'", "--class-weights", "even")]
    [InlineData("--optimizer expects lbfgs, nesterov or adam, not 'sgd'", "--optimizer", "sgd")]
    [InlineData("--head-learning-rate has no use with the optimizer lbfgs", "--head-learning-rate", "0.1")]
    [InlineData("--l2 expects a number of at least 0", "--l2", "-1")]
    [InlineData("--weight-decay has no use without --unfreeze", "--weight-decay", "0.1")]
    public async Task An_option_that_cannot_be_used_is_named(string message, params string[] options) =>
        (await CommandRun.WithAsync(["fine-tune", samples.Images, "-o", _folder["m.onnx"], .. options]))
            .ShouldHaveFailedWith(message);

    [Fact]
    public async Task A_training_says_in_a_log_how_it_went_and_why_it_ended()
    {
        CommandRun run = (await CommandRun.WithAsync(
            "fine-tune", samples.Images, "-o", _folder["m.onnx"], "--cache", samples.Cache, "--no-history")).ShouldHaveEnded(0);

        run.Error.ShouldMatch(@"Training on images \d+/200 \(epoch \d+, loss \d\.\d+, validation accuracy \d\.\d+\)");
        run.Error.ShouldMatch(
            @"Training on images ended after epoch \d+ of 200, as more epochs no longer helped; the best is epoch \d+, validation");
        run.Error.ShouldEndWith($"Next: transfer predict {_folder["m.onnx"]} PHOTO{Environment.NewLine}");
    }

    [Fact]
    public async Task Where_the_standard_output_is_for_a_program_no_next_command_is_named()
    {
        CommandRun run = await CommandRun.WithAsync("evaluate", samples.Model, samples.Images, "--no-history", "--json", "-");

        run.ShouldHaveEnded(0).Error.ShouldNotContain("Next:");
    }
}
