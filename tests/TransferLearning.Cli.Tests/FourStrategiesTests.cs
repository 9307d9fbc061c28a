using System.Text.Json;

namespace TransferLearning.Cli.Tests;

/// <summary>All four strategies on photos of each shared set, one after the other, with one cache between them.</summary>
public sealed class FourStrategiesTests : IDisposable
{
    private const int PerClass = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("hymenoptera")]
    [InlineData("trashnet")]
    [InlineData("sign-digits")]
    [InlineData("concrete-cracks")]
    [InlineData("flowers-small")]
    public async Task Each_writes_its_fields_and_no_image_is_computed_twice(string set)
    {
        string small = Manifest("small.csv", set, skip: 0), larger = Manifest("larger.csv", set, skip: PerClass);
        string[] network = ["--backbone", SharedFiles.SmallNetwork()];

        JsonElement tuned = await RunAsync(["fine-tune", small, "--tune-on", larger, "-o", _folder["tuned.onnx"], .. network]);
        JsonElement crossed = await RunAsync(["cross-validate", larger, "--folds", "3", .. network]);
        JsonElement parallel = await RunAsync(
            ["parallel-train", small, "--larger", larger, "--segments", "2", "-o", _folder["p.onnx"], .. network]);
        JsonElement trained = await RunAsync(["pre-train", larger, "-o", _folder["trained.onnx"], .. network]);
        JsonElement labeled = await RunAsync(
            "pre-train", "--backbone", _folder["trained.onnx"], "--label", small, "-o", _folder["labels.csv"]);

        string[] common = ["secondsExtracting", "secondsTraining", "cacheHits", "cacheMisses", "skipped"];
        string[] evaluated = ["trainImages", "validationImages", "classes", "accuracy", "macroF1", "logLoss", "ece", .. common];
        ShouldHave(tuned, [.. evaluated, "steps"]);
        ShouldHave(trained, evaluated);
        ShouldHave(crossed, ["folds", "meanAccuracy", "stdAccuracy", .. common]);
        ShouldHave(parallel, ["segments", "smallSetAccuracy", "combinedAccuracy", .. common]);
        ShouldHave(labeled, "images", "agreement");
        tuned.GetProperty("steps").EnumerateArray().Count(s => s.GetProperty("accuracyOnLarger").ValueKind == JsonValueKind.Number
            && s.GetProperty("accuracy").ValueKind == JsonValueKind.Number).ShouldBe(2, "both sets are evaluated after each step");
        crossed.GetProperty("folds").EnumerateArray().ShouldAllBe(f => f.GetProperty("accuracy").GetDouble() >= 0
            && f.GetProperty("logLoss").GetDouble() >= 0);
        parallel.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("accuracy").GetDouble()).Count().ShouldBe(2);
        labeled.GetProperty("agreement").GetDouble().ShouldBeInRange(0.2, 1);
        new[] { crossed, parallel, trained }.ShouldAllBe(j => j.GetProperty("cacheMisses").GetInt32() == 0);
    }

    [SkippableFact]
    public async Task Photos_labeled_by_WordNet_ids_are_compared_through_a_map_file()
    {
        string network = SharedFiles.SmallNetwork();
        string names = SharedFiles.Require("data", "labels", "imagenet_wnid_classes.tsv");
        string data = SharedFiles.Require("data", "hymenoptera", "val", "bees");
        string manifest = _folder["bees.csv"];
        File.WriteAllLines(manifest, [
            "path,label",
            .. Directory.EnumerateFiles(data, "*.jpg").Order(StringComparer.Ordinal).Take(30).Select(p => $"\"{p}\",n02206856")]);

        JsonElement labeled = await RunAsync(
            "pre-train", "--backbone", network, "--labels", names, "--label", manifest, "--label-map", names, "-o", _folder["labels.csv"]);

        labeled.GetProperty("images").GetInt32().ShouldBe(30);
        labeled.GetProperty("judged").GetInt32().ShouldBe(30);
        labeled.GetProperty("unmatched").GetArrayLength().ShouldBe(0);
        labeled.GetProperty("agreement").GetDouble().ShouldBeGreaterThan(0.3);
    }

    private static void ShouldHave(JsonElement json, params string[] fields) =>
        fields.Where(f => !json.TryGetProperty(f, out _)).ShouldBeEmpty();

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync([.. arguments, "--cache", _folder["cache"]]);
        run.ShouldHaveEnded(0);
        return json;
    }

    /// <summary>Writes a manifest of some photos of each class of a set.</summary>
    private string Manifest(string name, string set, int skip)
    {
        string data = SharedFiles.Require("data", set);
        IEnumerable<string> rows = Directory.EnumerateFiles(data, "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG")
            .Order(StringComparer.Ordinal)
            .GroupBy(f => Path.GetFileName(Path.GetDirectoryName(f)!))
            .SelectMany(c => c.Skip(skip).Take(PerClass).Select(f => $"\"{f}\",{c.Key}"));
        File.WriteAllLines(_folder[name], rows.Prepend("path,label"));
        return _folder[name];
    }
}
