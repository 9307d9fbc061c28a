using System.Diagnostics;
using System.Text.Json;
using TransferLearning.Models;

namespace TransferLearning.Cli.Tests.Verbs.Unfreezing;

/// <summary>Training the last stages of the network, from the command line to the files.</summary>
[Collection(SampleSetTests.Name)]
public sealed class UnfreezeTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder["model.onnx"];

    private string Checkpoint => Model + ".checkpoint";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_last_stage_is_trained_and_all_figures_are_printed_and_written()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            FineTune("--unfreeze", "1", "--unfreeze-epochs", "3", "--report", _folder["report.html"]));

        run.ShouldHaveEnded(0);
        JsonElement tuning = json.GetProperty("tuning");
        (int stages, int all) = (tuning.GetProperty("stages").GetInt32(), tuning.GetProperty("networkStages").GetInt32());
        stages.ShouldBe(1);
        all.ShouldBeGreaterThan(2);
        tuning.GetProperty("heldOutImages").GetInt32().ShouldBeInRange(10, 20);
        tuning.GetProperty("heldOutAccuracyOfHead").GetDouble().ShouldBeInRange(0, 1);
        tuning.GetProperty("heldOutAccuracyOfTuned").GetDouble().ShouldBeInRange(0, 1);
        tuning.GetProperty("accuracyOfHead").GetDouble().ShouldBe(json.GetProperty("steps")[0].GetProperty("accuracy").GetDouble());
        tuning.GetProperty("epochs").GetInt32().ShouldBe(3);
        tuning.GetProperty("bestEpoch").GetInt32().ShouldBeInRange(1, 3);
        tuning.GetProperty("learningRate").GetDouble().ShouldBe(0.003);
        tuning.GetProperty("ofAllImages").GetBoolean().ShouldBe(tuning.GetProperty("kept").GetBoolean());
        tuning.GetProperty("mapBytes").GetInt64().ShouldBeGreaterThan(72 * 1000);
        tuning.GetProperty("mapsNotKept").ValueKind.ShouldBe(JsonValueKind.Null);
        tuning.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        run.Output.ShouldContain($"Stages trained: 1 of {all}, ");
        run.Output.ShouldContain("Head alone: ");
        run.Output.ShouldContain("On held-out images: ");
        run.Error.ShouldContain("The inputs of the trained stages take ");
        run.Error.ShouldContain(" for 72 images and views, kept in the cache");
        string report = await File.ReadAllTextAsync(_folder["report.html"]);
        report.ShouldContain("Tuned stages");
        report.ShouldContain($"the last of {all} stages of the network was trained too, at a learning rate of 0.003");
        File.Exists(Checkpoint).ShouldBeFalse();
        File.Exists(Checkpoint + ".all").ShouldBeFalse();
        CommandRun evaluation = (await CommandRun.WithAsync("evaluate", Model, Path.Combine(samples.Images, "val"))).ShouldHaveEnded(0);
        evaluation.Output.ShouldContain($"Accuracy: {json.GetProperty("accuracy").GetDouble():0.000}");
    }

    [Fact]
    public async Task All_stages_are_trained_with_a_rate_that_is_found()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            FineTune("--unfreeze", "all", "--unfreeze-epochs", "1", "--learning-rate", "auto"));

        run.ShouldHaveEnded(0);
        JsonElement tuning = json.GetProperty("tuning");
        tuning.GetProperty("stages").GetInt32().ShouldBe(tuning.GetProperty("networkStages").GetInt32());
        tuning.GetProperty("learningRate").GetDouble().ShouldBeInRange(1e-7, 0.1);
        tuning.GetProperty("ofAllImages").GetBoolean().ShouldBe(tuning.GetProperty("kept").GetBoolean());
        tuning.GetProperty("mapBytes").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Without_it_there_is_no_report_of_stages()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(FineTune());

        run.ShouldHaveEnded(0).Output.ShouldNotContain("Stages trained");
        json.TryGetProperty("tuning", out JsonElement tuning).ShouldBe(tuning.ValueKind == JsonValueKind.Null);
    }

    [Theory]
    [InlineData("--unfreeze expects the number of last stages to train, from 1, or all, not '0'", "--unfreeze", "0")]
    [InlineData("--unfreeze expects the number of last stages to train, from 1, or all, not '-1'", "--unfreeze", "-1")]
    [InlineData("--unfreeze expects the number of last stages to train, from 1, or all, not 'last'", "--unfreeze", "last")]
    [InlineData("50 stages are to be trained, but the network", "--unfreeze", "50")]
    [InlineData("--learning-rate expects a number above 0, such as 0.003, or auto, not '0'", "--unfreeze", "1", "--learning-rate", "0")]
    [InlineData("--learning-rate expects a number above 0, such as 0.003, or auto, not 'NaN'", "--unfreeze", "1", "--learning-rate", "NaN")]
    [InlineData("leave --resume out to begin a new training", "--unfreeze", "1", "--resume")]
    [InlineData("--resume", "--resume")]
    [InlineData("--learning-rate", "--learning-rate", "0.01")]
    [InlineData("--unfreeze-epochs", "--unfreeze-epochs", "2")]
    public async Task A_value_that_cannot_be_used_is_refused_before_the_work(string message, params string[] options) =>
        (await CommandRun.WithAsync(FineTune(options))).ShouldHaveFailedWith(message);

    [Fact]
    public async Task A_checkpoint_that_is_not_continued_is_refused_once()
    {
        await File.WriteAllTextAsync(Checkpoint, "of an earlier training");

        CommandRun run = await CommandRun.WithAsync(FineTune("--unfreeze", "1"));

        run.ShouldHaveFailedWith($"there is the checkpoint '{Checkpoint}' of a training that was not finished: continue it with --resume");
        run.Error.Split(Checkpoint).Length.ShouldBe(2, "the file is named once");
    }

    [Fact]
    public async Task Cross_validation_tunes_each_fold()
    {
        string[] arguments =
        [
            "cross-validate", samples.Images, "--folds", "3", "--cache", samples.Cache, "--unfreeze", "1", "--unfreeze-epochs", "2",
            "--report", _folder["report.html"], .. SharedFiles.SmallBackbone(),
        ];

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(arguments);

        run.ShouldHaveEnded(0);
        JsonElement[] folds = [.. json.GetProperty("folds").EnumerateArray()];
        json.GetProperty("meanAccuracyOfHeads").GetDouble()
            .ShouldBe(folds.Average(f => f.GetProperty("accuracyOfHead").GetDouble()), 1e-9);
        run.Output.ShouldContain($"Heads alone: {json.GetProperty("meanAccuracyOfHeads").GetDouble():0.000}");
        (await File.ReadAllTextAsync(_folder["report.html"])).ShouldContain("Head alone");
        (await CommandRun.WithAsync([.. arguments, "--resume"])).ShouldHaveEnded(1);
    }

    [Fact]
    public async Task Canceled_it_saves_the_best_until_then_and_says_how_to_continue()
    {
        string[] arguments = FineTune("--unfreeze", "1", "--no-date");
        (await CommandRun.WithAsync(arguments)).ShouldHaveEnded(0);
        byte[] expected = await File.ReadAllBytesAsync(Model);
        File.Delete(Model);
        using var source = new CancellationTokenSource();
        using var error = new CancelingWriter("epoch 2/", source);

        CommandRun canceled = await CommandRun.WithAsync(error, source.Token, arguments);

        canceled.ShouldHaveEnded(130).Error.ShouldContain($"the training is kept in '{Checkpoint}': repeat the command with --resume");
        File.Exists(Model).ShouldBeTrue();
        (await CommandRun.WithAsync(arguments)).ShouldHaveFailedWith(Checkpoint, "--resume");
        (await CommandRun.WithAsync([.. arguments, "--resume"])).ShouldHaveEnded(0);
        File.ReadAllBytes(Model).AsSpan().SequenceEqual(expected).ShouldBeTrue("the models differ");
        Directory.GetFiles(_folder.Path).ShouldBe([Model]);
    }

    [SkippableFact]
    public async Task Killed_at_random_moments_and_resumed_it_makes_the_same_model()
    {
        Skip.If(OperatingSystem.IsWindows(), "kills processes");
        const int Kills = 5;
        string[] options = ["--unfreeze", "1", "--augment", "1", "--no-date", "--threads", "2"];
        string expected = _folder["expected.onnx"];
        long start = Stopwatch.GetTimestamp();
        using Process undisturbed = TransferProcess.Start(FineTune(expected, _folder["other"], options));
        (await TransferProcess.FinishAsync(undisturbed)).ShouldHaveEnded(0);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        using (var model = TransferModel.Load(expected))
        {
            model.Origin.Facts.ShouldContainKey("tunedStages", "the head alone would not show that stages are resumed");
        }

        var random = new Random(20);
        int kills = 0;
        for (int attempt = 0; attempt < 4 * Kills && kills < Kills; attempt++)
        {
            using Process process = Start();
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(duration * (0.3 + (0.7 * random.NextDouble()))));
            kills += process.HasExited ? 0 : 1;
            process.Kill();
            await TransferProcess.FinishAsync(process);
        }

        using Process last = Start();
        (await TransferProcess.FinishAsync(last)).ShouldHaveEnded(0);

        kills.ShouldBeGreaterThan(1);
        File.ReadAllBytes(Model).AsSpan().SequenceEqual(File.ReadAllBytes(expected)).ShouldBeTrue("the models differ");
        File.Exists(Checkpoint).ShouldBeFalse();
        File.Exists(Checkpoint + ".all").ShouldBeFalse();

        Process Start() => TransferProcess.Start(
            File.Exists(Checkpoint) ? [.. FineTune(options), "--resume"] : FineTune(options));
    }

    private string[] FineTune(params string[] options) => FineTune(Model, _folder["cache"], options);

    private string[] FineTune(string model, string cache, string[] options) =>
        ["fine-tune", samples.Images, "-o", model, "--cache", cache, .. SharedFiles.SmallBackbone(), .. options];
}
