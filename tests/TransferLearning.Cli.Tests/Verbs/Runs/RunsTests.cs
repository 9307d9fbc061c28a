using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs.Runs;

[Collection(SampleSetTests.Name)]
public sealed class RunsTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Cache => _folder["cache"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Trainings_and_evaluations_are_listed_with_their_figures()
    {
        string[] train = ["fine-tune", samples.Images, "-o", _folder["m.onnx"], "--epochs", "3", "--cache", Cache];
        (_, JsonElement trained) = await CommandRun.WithJsonAsync([.. train, "--quiet"]);
        (await CommandRun.WithAsync(
            "evaluate", _folder["m.onnx"], Path.Combine(samples.Images, "val"), "--cache", Cache, "--quiet")).ShouldHaveEnded(0);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("runs", "--cache", Cache);

        JsonElement[] runs = [.. json.GetProperty("runs").EnumerateArray()];
        runs.Select(r => r.GetProperty("verb").GetString()).ShouldBe(["fine-tune", "evaluate"]);
        runs[0].GetProperty("command").GetString()!
            .ShouldStartWith($"transfer fine-tune {samples.Images} -o {_folder["m.onnx"]} --epochs 3");
        runs[0].GetProperty("data")[0].GetString().ShouldBe(Path.GetFullPath(samples.Images));
        runs[0].GetProperty("model").GetString().ShouldBe(Path.GetFullPath(_folder["m.onnx"]));
        runs[0].GetProperty("accuracy").GetDouble().ShouldBe(trained.GetProperty("accuracy").GetDouble());
        runs[0].GetProperty("backbone").GetString().ShouldBe("compact");
        runs[0].GetProperty("strategy").GetString().ShouldBe("fine-tuning");
        runs[1].GetProperty("images").GetInt32().ShouldBe(24);
        run.ShouldHaveEnded(0).Output.ShouldContain("\tm.onnx");
        run.Output.Split('\n')[0].ShouldStartWith("Time\tVerb\tData");
    }

    [Fact]
    public async Task The_newest_runs_of_one_data_set_can_be_listed()
    {
        foreach (string part in (string[])["val", "train", "val"])
        {
            (await CommandRun.WithAsync(
                "evaluate", samples.Model, Path.Combine(samples.Images, part), "--cache", Cache, "--quiet")).ShouldHaveEnded(0);
        }

        (_, JsonElement ofVal) = await CommandRun.WithJsonAsync(
            "runs", "--cache", Cache, "--data", Path.Combine(samples.Images, "val") + Path.DirectorySeparatorChar);
        (_, JsonElement last) = await CommandRun.WithJsonAsync("runs", "--cache", Cache, "--last", "2");

        ofVal.GetProperty("runs").GetArrayLength().ShouldBe(2);
        last.GetProperty("runs").EnumerateArray().Select(r => Path.GetFileName(r.GetProperty("data")[0].GetString()))
            .ShouldBe(["train", "val"]);
    }

    [Theory]
    [InlineData("--no-history")]
    [InlineData("--no-cache")]
    public async Task A_run_is_left_out_on_request(string option)
    {
        string[] cache = option == "--no-cache" ? [] : ["--cache", Cache];

        (await CommandRun.WithAsync(["evaluate", samples.Model, samples.Images, option, .. cache, "--quiet"])).ShouldHaveEnded(0);

        File.Exists(Path.Combine(Cache, "runs.jsonl")).ShouldBeFalse();
        (await CommandRun.WithAsync("runs", "--cache", Cache)).ShouldHaveEnded(0).Output.ShouldStartWith("no runs in ");
    }

    [Fact]
    public async Task A_history_that_cannot_be_written_is_one_warning_and_changes_nothing_else()
    {
        Directory.CreateDirectory(Path.Combine(Cache, "runs.jsonl"));

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "evaluate", samples.Model, samples.Images, "--cache", Cache, "--quiet");

        run.ShouldHaveEnded(0);
        run.Error.Split('\n').Count(l => l.Contains("runs.jsonl", StringComparison.Ordinal)).ShouldBe(1);
        run.Error.ShouldContain("--no-history");
        json.GetProperty("images").GetInt32().ShouldBe(24);
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_are_counted_and_skipped()
    {
        Directory.CreateDirectory(Cache);
        await File.WriteAllTextAsync(Path.Combine(Cache, "runs.jsonl"), "not JSON\n{}\n");

        CommandRun run = (await CommandRun.WithAsync("runs", "--cache", Cache)).ShouldHaveEnded(0);

        run.Error.ShouldContain("warning: 2 lines");
        run.Output.ShouldStartWith("no runs");
    }
}
