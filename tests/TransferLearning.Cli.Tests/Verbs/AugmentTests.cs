using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

/// <summary><c>--augment</c> from the command line to the model, for every verb that trains.</summary>
[Collection(SampleSetTests.Name)]
public sealed class AugmentTests(SampleSet samples)
{
    [Fact]
    public async Task Fine_tune_learns_from_views_says_so_and_computes_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        string[] arguments =
        [
            "fine-tune", samples.Images, "-o", folder["model.onnx"], "--cache", folder["cache"], "--augment", "2",
            "--report", folder["report.html"],
        ];

        (CommandRun first, JsonElement json) = await CommandRun.WithJsonAsync(arguments);
        (CommandRun second, JsonElement again) = await CommandRun.WithJsonAsync([.. arguments, "--threads", "1"]);

        first.ShouldHaveEnded(0);
        second.ShouldHaveEnded(0);
        first.Error.ShouldContain("Extracting bottlenecks of images, 2 views of each training image 72/72");
        first.Output.ShouldContain("Training images: 72");
        first.Output.ShouldContain("Augmentation: 2 views, photos, of each training image");
        first.Output.ShouldContain("From the cache: 0 of 240 images and views");
        second.Output.ShouldContain("From the cache: 240 of 240 images and views");
        json.GetProperty("augmentation").GetString().ShouldBe("2 views, photos");
        json.GetProperty("trainImages").GetInt32().ShouldBe(72);
        (json.GetProperty("cacheMisses").GetInt32(), again.GetProperty("cacheHits").GetInt32()).ShouldBe((240, 240));
        again.GetProperty("logLoss").GetDouble().ShouldBe(json.GetProperty("logLoss").GetDouble());
        string report = await File.ReadAllTextAsync(folder["report.html"]);
        report.ShouldContain("2 views, photos");
        report.ShouldContain("240 images and views of training images");
    }

    [Fact]
    public async Task Without_the_option_the_figures_say_nothing_of_views()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "-o", folder["model.onnx"], "--cache", folder["cache"]);

        json.GetProperty("augmentation").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Output.ShouldNotContain("views");
        run.Error.ShouldNotContain("views");
    }

    [Fact]
    public async Task Pre_train_cross_validate_and_parallel_train_learn_from_views_too()
    {
        using var folder = new TemporaryFolder();
        string larger = folder["larger"];
        (await CommandRun.WithAsync("sample-data", larger, "--images", "6", "--size", "96", "--seed", "9", "--quiet")).ShouldHaveEnded(0);
        string[][] commands =
        [
            ["pre-train", samples.Images, "-o", folder["p.onnx"]],
            ["cross-validate", samples.Images, "--folds", "3", "-o", folder["c.onnx"]],
            ["parallel-train", samples.Images, "--larger", larger, "--segments", "2", "-o", folder["s.onnx"]],
        ];
        foreach (string[] command in commands)
        {
            (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
                [.. command, "--cache", folder["cache"], "--augment", "1", "--augmentation", "flip"]);

            run.ShouldHaveEnded(0);
            json.GetProperty("augmentation").GetString().ShouldBe("1 view, flip");
            run.Output.ShouldContain("Augmentation: 1 view, flip, of each training image");
            run.Error.ShouldContain(", 1 view of each training image");
        }
    }

    [Theory]
    [InlineData("--augmentation photos", "--augmentation says what views show, but there are none: give --augment with their number")]
    [InlineData("--augment 2 --augmentation strong", "--augmentation expects photos or flip, not 'strong'")]
    [InlineData("--augment 65", "--augment expects a whole number from 1 to 64, not '65'")]
    [InlineData("--augment 0", "--augment expects a whole number from 1 to 64, not '0'")]
    public async Task Options_that_cannot_be_used_are_refused(string options, string message)
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync(["fine-tune", samples.Images, "-o", folder["m.onnx"], .. options.Split(' ')]);

        run.ShouldHaveEnded(1);
        run.Error.ShouldContain(message);
        File.Exists(folder["m.onnx"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Labeling_with_a_network_trains_nothing_and_refuses_views()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync(
            "pre-train", "--label", samples.Images, "--backbone", samples.Model, "-o", folder["l.csv"], "--augment", "2");

        run.ShouldHaveEnded(1);
        run.Error.ShouldContain("--augment has no use with --label, which trains nothing: leave it out");
    }
}
