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
    }

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
