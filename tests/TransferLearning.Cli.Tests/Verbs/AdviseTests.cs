using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class AdviseTests(SampleSet samples)
{
    [Fact]
    public async Task It_recommends_a_backbone_and_a_strategy_with_the_evidence()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("advise", samples.Images, "--cache", samples.Cache);

        run.ShouldHaveEnded(0);
        json.GetProperty("recommended").GetString().ShouldBe("compact");
        json.GetProperty("strategy").GetString().ShouldBe("cross-validate");
        JsonElement candidate = json.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem();
        candidate.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.5);
        candidate.GetProperty("withinBudget").GetBoolean().ShouldBeTrue();
        candidate.GetProperty("modelBytes").GetInt64().ShouldBeGreaterThan(1_000_000);
        foreach (string figure in new[] { "logMe", "similarity", "secondsExtracting", "secondsTraining", "millisecondsPerImage" })
        {
            double.IsFinite(candidate.GetProperty(figure).GetDouble()).ShouldBeTrue(figure);
        }

        json.GetProperty("learningCurve").GetProperty("points").GetArrayLength().ShouldBeGreaterThan(2);
        run.Output.ShouldContain("recommended: cross-validate with compact");
        string command = $"transfer cross-validate {samples.Images} -o model.onnx --backbone compact --cache {samples.Cache}";
        run.Output.ShouldContain($"next: {command}");
        json.GetProperty("commands").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(command);
        json.GetProperty("unfreezing").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task It_tries_unfreezing_and_reports_what_it_brings()
    {
        using var folder = new TemporaryFolder();
        (await CommandRun.WithAsync("sample-data", folder["images"], "--images", "18", "--size", "64", "--quiet")).ShouldHaveEnded(0);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            ["advise", folder["images"], "--try-unfreezing", "--cache", samples.Cache, .. SharedFiles.SmallBackbone()]);

        run.ShouldHaveEnded(0);
        JsonElement trial = json.GetProperty("unfreezing");
        trial.GetProperty("images").GetInt32().ShouldBe(108);
        foreach (string figure in new[] { "accuracy", "accuracyOfHead", "secondsForAll" })
        {
            trial.GetProperty(figure).GetDouble().ShouldBeGreaterThan(0, figure);
        }

        bool isRecommended = trial.GetProperty("recommended").GetBoolean();
        json.GetProperty("commands")[0].GetString()!.Contains("--unfreeze 1").ShouldBe(isRecommended);
        run.Output.ShouldContain("- trial on 108 images of 6 classes: head alone ");
    }

    [Fact]
    public async Task Too_few_images_for_a_trial_are_named() =>
        (await CommandRun.WithAsync("advise", samples.Images, "--try-unfreezing", "--cache", samples.Cache)).ShouldHaveEnded(0)
            .Output.ShouldContain("unfreezing was not tried: 96 images are too few, at least 100 are needed");

    [Fact]
    public async Task Without_a_backbone_within_the_budget_it_ends_with_2()
    {
        CommandRun run = await CommandRun.WithAsync("advise", samples.Images, "--cache", samples.Cache, "--max-size", "1");

        run.ShouldHaveEnded(2);
        run.Error.ShouldContain("no backbone is within the budget");
    }

    [Fact]
    public async Task The_same_backbone_twice_is_refused() =>
        (await CommandRun.WithAsync("advise", samples.Images, "--backbone", "compact", "--backbone", "compact"))
            .ShouldHaveFailedWith("2 times");
}
