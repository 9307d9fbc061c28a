using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class EvaluateTests(SampleSet samples)
{
    [Fact]
    public async Task The_report_has_every_field_and_agrees_with_the_training()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("evaluate", samples.Model, samples.Images);

        run.ShouldHaveEnded(0).Output.ShouldContain("Accuracy: ");
        json.GetProperty("images").GetInt32().ShouldBe(24);
        json.GetProperty("top5").GetDouble().ShouldBeGreaterThanOrEqualTo(json.GetProperty("accuracy").GetDouble());
        json.GetProperty("macroF1").GetDouble().ShouldBeInRange(0.6, 1);
        json.GetProperty("ece").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("skipped").GetInt32().ShouldBe(0);
        // Training took the features of the validation images from the cache; here the saved network computes them.
        samples.Training!.Output.ShouldContain($"Accuracy: {json.GetProperty("accuracy").GetDouble():0.000}");
        samples.Training.Output.ShouldContain($"Log loss: {json.GetProperty("logLoss").GetDouble():0.000}");
    }

    [Fact]
    public async Task Data_without_a_split_is_used_as_a_whole()
    {
        (_, JsonElement json) = await CommandRun.WithJsonAsync("evaluate", samples.Model, Path.Combine(samples.Images, "train"));

        json.GetProperty("images").GetInt32().ShouldBe(72);
    }

    [Fact]
    public async Task A_missed_gate_ends_with_2()
    {
        using var folder = new TemporaryFolder();
        // The images of one class under the name of another: none can be predicted correctly.
        SampleSet.Copy(Path.Combine(samples.Images, "val", "bark"), folder["data", "dots"]);

        CommandRun run = await CommandRun.WithAsync("evaluate", samples.Model, folder["data"], "--require-accuracy", "0.9");

        run.ShouldHaveEnded(2).Error.ShouldContain("--require-accuracy demands 0.9");
    }

    [Fact]
    public async Task A_class_that_the_model_does_not_know_is_named()
    {
        using var folder = new TemporaryFolder();
        SampleSet.Copy(Path.Combine(samples.Images, "val", "bark"), folder["data", "wood"]);

        (await CommandRun.WithAsync("evaluate", samples.Model, folder["data"])).ShouldHaveFailedWith("wood", "It knows: bark, checks");
    }

    [Fact]
    public async Task Images_without_labels_are_refused() =>
        (await CommandRun.WithAsync("evaluate", samples.Model, Path.Combine(samples.Images, "val", "bark")))
            .ShouldHaveFailedWith("have no label");
}
