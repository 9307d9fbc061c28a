using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class FineTuneTests(SampleSet samples)
{
    [Fact]
    public void It_prints_progress_and_results()
    {
        CommandRun training = samples.Training!;

        training.Error.ShouldContain("Extracting bottlenecks of images 96/96");
        training.Error.ShouldContain("Training on images");
        training.Output.ShouldContain("Training images: 72");
        training.Output.ShouldContain("Validation images: 24");
        training.Output.ShouldContain("Accuracy: ");
        File.Exists(samples.Model).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task Smaller_weights_are_saved_and_the_accuracy_lost_is_printed()
    {
        using var folder = new TemporaryFolder();
        // Float16 does not represent its weights exactly.
        string network = SharedFiles.Require("models", "onnx", "compact_v0.onnx");

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "-o", folder["small.onnx"], "--weights", "int8", "--no-cache", "--backbone", network);

        run.ShouldHaveEnded(0);
        run.Output.ShouldContain("Weights: int8: ");
        run.Output.ShouldContain("Accuracy lost: ");
        JsonElement weights = json.GetProperty("weights");
        weights.GetProperty("precision").GetString().ShouldBe("int8");
        weights.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(folder["small.onnx"]).Length);
        weights.GetProperty("bytesBefore").GetInt64().ShouldBeGreaterThan(2 * weights.GetProperty("bytes").GetInt64());
        weights.GetProperty("images").GetInt32().ShouldBe(24);
        weights.GetProperty("accuracyBefore").GetDouble().ShouldBe(json.GetProperty("accuracy").GetDouble(), 1e-9);
        weights.GetProperty("agreement").GetDouble().ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public async Task An_unknown_format_of_weights_is_refused_with_the_known_ones()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync("fine-tune", samples.Images, "-o", folder["m.onnx"], "--weights", "int4");

        run.ShouldHaveEnded(1);
        run.Error.ShouldContain("float32, float16, bfloat16 or int8, not 'int4'");
    }

    [Fact]
    public async Task The_report_has_every_field()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "-o", folder["model.onnx"], "--cache", folder["cache"]);

        run.ShouldHaveEnded(0);
        json.GetProperty("trainImages").GetInt32().ShouldBe(72);
        json.GetProperty("validationImages").GetInt32().ShouldBe(24);
        json.GetProperty("classes").GetInt32().ShouldBe(6);
        json.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.6);
        json.GetProperty("macroF1").GetDouble().ShouldBeInRange(0.6, 1);
        json.GetProperty("logLoss").GetDouble().ShouldBeInRange(0, 1.5);
        json.GetProperty("ece").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("eceBefore").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("temperature").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("secondsExtracting").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("secondsTraining").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("cacheHits").GetInt32().ShouldBe(0);
        json.GetProperty("cacheMisses").GetInt32().ShouldBe(96);
        json.GetProperty("skipped").GetInt32().ShouldBe(0);
        json.GetProperty("skippedImages").GetArrayLength().ShouldBe(0);
        json.GetProperty("steps").GetArrayLength().ShouldBe(1);
        json.GetProperty("cancelled").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_run_takes_every_bottleneck_from_the_cache_and_gives_the_same_figures()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["fine-tune", samples.Images, "-o", folder["model.onnx"], "--cache", folder["cache"], "--quiet"];

        (_, JsonElement first) = await CommandRun.WithJsonAsync(arguments);
        (CommandRun run, JsonElement second) = await CommandRun.WithJsonAsync([.. arguments, "--threads", "1"]);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldBeEmpty();
        second.GetProperty("cacheHits").GetInt32().ShouldBe(96);
        second.GetProperty("cacheMisses").GetInt32().ShouldBe(0);
        second.GetProperty("logLoss").GetDouble().ShouldBe(first.GetProperty("logLoss").GetDouble());
    }

    [Fact]
    public async Task Without_a_cache_nothing_is_kept()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "-o", folder["model.onnx"], "--no-cache");

        run.ShouldHaveEnded(0);
        json.GetProperty("cacheHits").GetInt32().ShouldBe(0);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder["model.onnx"]]);
    }

    [Fact]
    public async Task Training_continues_from_a_saved_model()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "--from", samples.Model, "-o", folder["model.onnx"], "--cache", folder["cache"]);

        run.ShouldHaveEnded(0);
        run.Output.ShouldContain("Classes added: none");
        run.Output.ShouldContain("on 24 images");
        JsonElement continuation = json.GetProperty("continuation");
        continuation.GetProperty("knownClasses").GetArrayLength().ShouldBe(6);
        continuation.GetProperty("addedClasses").GetArrayLength().ShouldBe(0);
        continuation.GetProperty("knownImages").GetInt32().ShouldBe(24);
        continuation.GetProperty("accuracyBefore").GetDouble().ShouldBeGreaterThan(0.6);
        continuation.GetProperty("accuracyAfter").GetDouble().ShouldBeGreaterThan(0.6);
        continuation.GetProperty("rehearsed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Options_that_contradict_continuing_are_named_before_the_work()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync(
            "fine-tune", samples.Images, "--from", folder["none.onnx"], "--tune-on", samples.Images,
            "-o", folder["model.onnx"], "--no-cache");

        run.ShouldHaveFailedWith("none.onnx", "leave out tuneOn");
    }

    [Fact]
    public async Task A_larger_set_tunes_the_head_of_the_smaller_one()
    {
        using var folder = new TemporaryFolder();
        await SmallData.WriteAsync(folder["small"]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", folder["small"], "--tune-on", samples.Images, "-o", folder["model.onnx"], "--cache", samples.Cache);

        run.ShouldHaveEnded(0).Output.ShouldContain("on the small set");
        JsonElement[] steps = [.. json.GetProperty("steps").EnumerateArray()];
        steps.Length.ShouldBe(2);
        double[] onLarger = [.. steps.Select(s => s.GetProperty("accuracyOnLarger").GetDouble())];
        onLarger[1].ShouldBeGreaterThanOrEqualTo(onLarger[0]);
    }

    [Fact]
    public async Task Validation_may_be_a_share_or_other_data()
    {
        using var folder = new TemporaryFolder();
        string train = Path.Combine(samples.Images, "train");
        string[] arguments = ["fine-tune", train, "-o", folder["model.onnx"], "--cache", samples.Cache, "--validation"];

        (_, JsonElement share) = await CommandRun.WithJsonAsync([.. arguments, "0.5"]);
        (_, JsonElement data) = await CommandRun.WithJsonAsync([.. arguments, Path.Combine(samples.Images, "val")]);

        share.GetProperty("validationImages").GetInt32().ShouldBeInRange(20, 52);
        (share.GetProperty("validationImages").GetInt32() + share.GetProperty("trainImages").GetInt32()).ShouldBe(72);
        data.GetProperty("validationImages").GetInt32().ShouldBe(24);
        data.GetProperty("trainImages").GetInt32().ShouldBe(72);
    }

    [Fact]
    public async Task A_missed_gate_ends_with_2_and_still_saves()
    {
        using var folder = new TemporaryFolder();
        await MixUpLabelsAsync(folder["data"]);

        CommandRun run = await CommandRun.WithAsync(
            "fine-tune", folder["data"], "-o", folder["model.onnx"], "--no-cache", "--require-accuracy", "1");

        run.ShouldHaveEnded(2).Error.ShouldContain("--require-accuracy demands 1");
        File.Exists(folder["model.onnx"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_gate_that_is_met_ends_with_0()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync(
            "fine-tune", samples.Images, "-o", folder["model.onnx"], "--cache", samples.Cache, "--require-accuracy", "0.3");

        run.ShouldHaveEnded(0);
    }

    [Fact]
    public async Task Canceling_during_training_saves_the_best_so_far_and_ends_with_130()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        using var error = new CancelingWriter("Training on", cancellation);

        CommandRun run = await CommandRun.WithAsync(
            error, cancellation.Token, "fine-tune", samples.Images, "-o", folder["model.onnx"], "--cache", samples.Cache);

        run.ShouldHaveEnded(130).Error.ShouldContain("the best model so far is in");
        (await CommandRun.WithAsync("predict", folder["model.onnx"], samples.Image("dots", 0))).ShouldHaveEnded(0);
    }

    [Fact]
    public async Task Canceling_during_extraction_leaves_no_model()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        using var error = new CancelingWriter("Extracting", cancellation);

        CommandRun run = await CommandRun.WithAsync(
            error, cancellation.Token, "fine-tune", samples.Images, "-o", folder["model.onnx"], "--no-cache", "--threads", "1");

        run.ShouldHaveEnded(130);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_full_disk_is_named_as_the_cause()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full, which Linux has");

        CommandRun run = await CommandRun.WithAsync("fine-tune", samples.Images, "-o", "/dev/full", "--cache", samples.Cache, "--quiet");

        run.ShouldHaveFailedWith("/dev/full", "the disk is full");
    }

    private static async Task MixUpLabelsAsync(string folder)
    {
        await SmallData.WriteAsync(folder);
        string[] classes = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        foreach (string file in Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            // Each class gets images of all classes, so no head can tell them apart.
            int number = int.Parse(Path.GetFileNameWithoutExtension(file)[^4..]);
            string target = Path.Combine(classes[number % classes.Length], $"moved-{Path.GetFileName(file)}");
            File.Move(file, target);
        }
    }
}
