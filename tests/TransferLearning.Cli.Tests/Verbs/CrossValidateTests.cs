using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class CrossValidateTests(SampleSet samples)
{
    [Fact]
    public async Task The_report_has_every_field()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "cross-validate", samples.Images, "--folds", "3", "--repeats", "2", "--cache", samples.Cache);

        run.ShouldHaveEnded(0).Output.ShouldContain("Mean accuracy: ");
        run.Error.ShouldContain("Cross-validating on images 6/6");
        JsonElement[] folds = [.. json.GetProperty("folds").EnumerateArray()];
        folds.Length.ShouldBe(6);
        folds.Average(f => f.GetProperty("accuracy").GetDouble()).ShouldBe(json.GetProperty("meanAccuracy").GetDouble(), 1e-9);
        folds.ShouldAllBe(f => f.GetProperty("logLoss").GetDouble() > 0);
        json.GetProperty("stdAccuracy").GetDouble().ShouldBeInRange(0, 0.3);
        json.GetProperty("lowerAccuracy").GetDouble().ShouldBeLessThanOrEqualTo(json.GetProperty("meanAccuracy").GetDouble());
        json.GetProperty("secondsExtracting").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("secondsTraining").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("ece").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("eceBefore").GetDouble().ShouldBeInRange(0, 1);
        double temperature = json.GetProperty("temperature").GetDouble();
        temperature.ShouldBeGreaterThan(0);
        run.Output.ShouldContain($"(before temperature {temperature:0.00}: ");
        json.GetProperty("images").GetInt32().ShouldBe(96);
        json.GetProperty("cacheHits").GetInt32().ShouldBe(96);
    }

    [Fact]
    public async Task The_model_and_both_tables_are_written()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync(
            "cross-validate", samples.Images, "--cache", samples.Cache, "-o", folder["model.onnx"],
            "--out-of-fold", folder["predictions.csv"], "--label-errors", folder["errors.csv"]);

        run.ShouldHaveEnded(0);
        string[] lines = await File.ReadAllLinesAsync(folder["predictions.csv"]);
        lines.Length.ShouldBe(97);
        lines[0].ShouldStartWith("path,label,fold,");
        lines[1].Split(',')[3..].Sum(p => double.Parse(p)).ShouldBe(1, 1e-4);
        (await File.ReadAllLinesAsync(folder["errors.csv"]))[0].ShouldBe("path,label,suggested,probability");
        (await CommandRun.WithAsync("predict", folder["model.onnx"], samples.Image("dots", 0))).ShouldHaveEnded(0);
    }

    [Fact]
    public async Task Groups_come_from_a_column_of_the_manifest()
    {
        using var folder = new TemporaryFolder();
        IEnumerable<string> rows = Images().Select((path, i) => $"{path},{Path.GetFileName(Path.GetDirectoryName(path))},visit {i % 4}");
        await File.WriteAllLinesAsync(folder["list.csv"], rows.Prepend("path,label,visit"));

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "cross-validate", folder["list.csv"], "--groups", "visit", "--leave-one-group-out", "--cache", samples.Cache);

        run.ShouldHaveEnded(0);
        json.GetProperty("folds").EnumerateArray().Select(f => f.GetProperty("group").GetString())
            .ShouldBe(["visit 0", "visit 1", "visit 2", "visit 3"], ignoreOrder: true);
        (await CommandRun.WithAsync("cross-validate", folder["list.csv"], "--groups", "person", "--cache", samples.Cache))
            .ShouldHaveFailedWith("no column 'person'");
        (await CommandRun.WithAsync("cross-validate", folder["list.csv"], "--leave-one-group-out", "--folds", "3"))
            .ShouldHaveFailedWith("leave out --folds");
    }

    [Fact]
    public async Task A_missed_gate_ends_with_2()
    {
        using var folder = new TemporaryFolder();
        IEnumerable<string> rows = Images().Select((path, i) => $"{path},{(i % 2 == 0 ? "even" : "odd")}");
        await File.WriteAllLinesAsync(folder["list.csv"], rows);

        CommandRun run = await CommandRun.WithAsync(
            "cross-validate", folder["list.csv"], "--cache", samples.Cache, "--require-accuracy", "0.95");

        run.ShouldHaveEnded(2).Error.ShouldContain("--require-accuracy demands 0.95");
    }

    private IEnumerable<string> Images() =>
        Directory.GetFiles(samples.Images, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
