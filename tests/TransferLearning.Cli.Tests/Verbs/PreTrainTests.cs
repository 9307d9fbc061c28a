using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class PreTrainTests(SampleSet samples)
{
    [Fact]
    public async Task A_head_is_trained_and_then_labels_other_data()
    {
        using var folder = new TemporaryFolder();

        (CommandRun training, JsonElement trained) = await CommandRun.WithJsonAsync(
            "pre-train", samples.Images, "-o", folder["model.onnx"], "--cache", samples.Cache);
        (CommandRun labeling, JsonElement labeled) = await CommandRun.WithJsonAsync(
            "pre-train", "--backbone", folder["model.onnx"], "--label", Path.Combine(samples.Images, "val"),
            "-o", folder["labels.csv"], "--top", "2");

        training.ShouldHaveEnded(0);
        labeling.ShouldHaveEnded(0);
        trained.GetProperty("trainImages").GetInt32().ShouldBe(72);
        labeled.GetProperty("images").GetInt32().ShouldBe(24);
        labeled.GetProperty("agreement").GetDouble().ShouldBe(trained.GetProperty("accuracy").GetDouble(), 1e-9);
        labeled.GetProperty("unmatched").GetArrayLength().ShouldBe(0);
        string[] lines = await File.ReadAllLinesAsync(folder["labels.csv"]);
        lines.Length.ShouldBe(25);
        lines[0].ShouldBe("path,label,probability,class,actual,label2,probability2");
    }

    [Fact]
    public async Task Options_that_contradict_each_other_or_are_missing_are_named()
    {
        using var folder = new TemporaryFolder();

        (await CommandRun.WithAsync("pre-train", "-o", folder["model.onnx"])).ShouldHaveFailedWith("give DATA", "--label");
        (await CommandRun.WithAsync("pre-train", samples.Images, "--label", samples.Images, "-o", folder["l.csv"]))
            .ShouldHaveFailedWith("contradict", "--backbone FILE");
    }
}
