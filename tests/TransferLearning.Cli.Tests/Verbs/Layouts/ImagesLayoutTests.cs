using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs.Layouts;

/// <summary><c>--layout images</c>: folders that would be read as classes are only folders.</summary>
[Collection(SampleSetTests.Name)]
public sealed class ImagesLayoutTests(SampleSet samples)
{
    private string Data => Path.Combine(samples.Images, "train");

    [Fact]
    public async Task Extracting_writes_no_labels()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["extract", Data, "-o", folder["f.npy"], "--labels", folder["l.txt"], "--cache", samples.Cache, "--layout"];

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync([.. arguments, "images"]);

        run.ShouldHaveEnded(0).Error.ShouldContain("layout: images without labels");
        json.GetProperty("images").GetInt32().ShouldBe(72);
        json.GetProperty("layout").GetString().ShouldBe("images");
        (await File.ReadAllLinesAsync(folder["l.txt"])).ShouldAllBe(l => l.Length == 0);

        (await CommandRun.WithAsync([.. arguments, "folders"])).ShouldHaveEnded(0);
        (await File.ReadAllLinesAsync(folder["l.txt"])).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public async Task Labeling_compares_nothing()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "pre-train", "--backbone", samples.Model, "--label", Data, "-o", folder["l.csv"], "--layout", "images");

        run.ShouldHaveEnded(0).Output.ShouldNotContain("Agreement");
        json.GetProperty("images").GetInt32().ShouldBe(72);
        json.GetProperty("agreement").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("trainingImages").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Predicting_takes_all_images()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("predict", samples.Model, samples.Images, "--layout", "images");

        run.ShouldHaveEnded(0);
        json.GetProperty("predictions").GetArrayLength().ShouldBe(96);
        json.GetProperty("labeledImages").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("fine-tune")]
    [InlineData("cross-validate")]
    [InlineData("pre-train")]
    [InlineData("parallel-train")]
    [InlineData("advise")]
    public async Task Verbs_that_need_labels_refuse_it(string verb)
    {
        string[] arguments = verb switch
        {
            "evaluate" => [verb, samples.Model, Data],
            "cross-validate" or "advise" => [verb, Data],
            "parallel-train" => [verb, Data, "--larger", Data, "-o", "m.onnx"],
            _ => [verb, Data, "-o", "m.onnx"],
        };

        (await CommandRun.WithAsync([.. arguments, "--layout", "images"]))
            .ShouldHaveFailedWith("--layout images reads images without labels", "give folders or manifest");
    }
}
