using System.Text.Json;

namespace TransferLearning.Cli.Tests.Reports.Verdicts;

/// <summary>The verdict is the same in the text, the JSON file and the report, and its commands have the options that were given.</summary>
[Collection(SampleSetTests.Name)]
public sealed class VerdictTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Text_JSON_and_report_have_one_verdict()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "-o", _folder["model.onnx"], "--cache", samples.Cache, "--report", _folder["report.html"]);

        run.ShouldHaveEnded(0);
        JsonElement verdict = json.GetProperty("verdict");
        string report = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(_folder["report.html"]));
        string good = verdict.GetProperty("howGood").GetString()!, sure = verdict.GetProperty("howSure").GetString()!;
        run.Output.ShouldContain($"\nVerdict: {good}\nCertainty: {sure}\nImprove: ");
        report.ShouldContain(good);
        report.ShouldContain(sure);
        verdict.GetProperty("images").GetInt32().ShouldBe(24);
        verdict.GetProperty("accuracy").GetDouble().ShouldBe(json.GetProperty("accuracy").GetDouble());
        verdict.GetProperty("majorityAccuracy").GetDouble().ShouldBe(1 / 6.0, 1e-9);
        foreach (JsonElement step in verdict.GetProperty("nextSteps").EnumerateArray())
        {
            string finding = step.GetProperty("finding").GetString()!;
            run.Output.ShouldContain($"Improve: {finding}: {step.GetProperty("command").GetString()}\n");
            report.ShouldContain(finding);
            report.ShouldContain(step.GetProperty("advice").GetString()!);
        }
    }

    [Fact]
    public async Task A_command_has_the_data_and_the_options_that_the_other_verb_takes()
    {
        (_, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "-o", _folder["model.onnx"], "--cache",
            samples.Cache, "--backbone", "compact", "--epochs", "7", "--seed", "3", "--layout", "folders");

        string[] commands = [.. Steps(json).Select(s => s.GetProperty("command").GetString()!)];

        string data = $"transfer cross-validate {samples.Images} -o {_folder["model-2.onnx"]} ";
        string crossValidate = commands.Single(c => c.StartsWith(data, StringComparison.Ordinal));
        crossValidate.ShouldContain("--backbone compact");
        crossValidate.ShouldContain($"--cache {samples.Cache}");
        crossValidate.ShouldContain("--seed 3");
        crossValidate.ShouldContain("--layout folders");
        crossValidate.ShouldNotContain("--epochs");
    }

    [Fact]
    public async Task Every_command_can_be_typed_as_it_is()
    {
        (_, JsonElement json) = await CommandRun.WithJsonAsync(
            "cross-validate", samples.Images, "--backbone", "compact", "--cache", samples.Cache, "--folds", "3");

        foreach (JsonElement step in Steps(json))
        {
            string[] words = step.GetProperty("command").GetString()!.Split(' ');
            CommandRun run = await CommandRun.WithAsync([.. words[1..], "--help"]);
            run.ShouldHaveEnded(0).Error.ShouldBeEmpty();
        }

        Steps(json).Count().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_evaluation_on_training_images_says_so_first()
    {
        (CommandRun run, JsonElement json) =
            await CommandRun.WithJsonAsync("evaluate", samples.Model, Path.Combine(samples.Images, "train"));

        run.ShouldHaveEnded(0).Output.ShouldContain($": transfer evaluate {samples.Model} OTHER-DATA\n");
        Steps(json).First().GetProperty("kind").GetString().ShouldBe("knownImages");
        json.GetProperty("verdict").GetProperty("howSure").GetString().ShouldStartWith("Not reliable: ");
        json.GetProperty("unknownImages").GetInt32().ShouldBeInRange(0, 72);
    }

    [Fact]
    public async Task Predictions_checks_and_advice_are_reported_too()
    {
        string report = _folder["report.html"];

        (await CommandRun.WithAsync("predict", samples.Model, samples.Images, "--report", report)).ShouldHaveEnded(0);
        (await File.ReadAllTextAsync(report)).ShouldContain(">Images</h2>");
        (await CommandRun.WithAsync("check", samples.Images, "--report", report)).ShouldHaveEnded(0);
        (await File.ReadAllTextAsync(report)).ShouldContain(">Copies</h2>");
        CommandRun advice = await CommandRun.WithAsync("advise", samples.Images, "--cache", samples.Cache, "--report", report);
        string next = advice.ShouldHaveEnded(0).Output.Split('\n').Single(l => l.StartsWith("next: ", StringComparison.Ordinal));
        string shown = System.Text.RegularExpressions.Regex.Replace(await File.ReadAllTextAsync(report), "</?span>", "");
        shown.ShouldContain($"<code>{next["next: ".Length..]}</code>");
        next.ShouldNotContain("--report");
    }

    private static JsonElement.ArrayEnumerator Steps(JsonElement json) =>
        json.GetProperty("verdict").GetProperty("nextSteps").EnumerateArray();
}
