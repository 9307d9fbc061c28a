using System.Text;
using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class ExtractTests(SampleSet samples)
{
    [Fact]
    public async Task It_writes_features_paths_and_labels_row_by_row()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "extract", samples.Images, "--cache", samples.Cache,
            "-o", folder["f.npy"], "--paths", folder["p.txt"], "--labels", folder["l.txt"]);

        run.ShouldHaveEnded(0);
        json.GetProperty("images").GetInt32().ShouldBe(96);
        json.GetProperty("featureSize").GetInt32().ShouldBe(384);
        json.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("imagesPerSecond").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("cacheHits").GetInt32().ShouldBe(96);
        json.GetProperty("cacheMisses").GetInt32().ShouldBe(0);

        byte[] features = await File.ReadAllBytesAsync(folder["f.npy"]);
        Encoding.ASCII.GetString(features, 10, 100).ShouldContain("'shape': (96, 384)");
        string[] paths = await File.ReadAllLinesAsync(folder["p.txt"]);
        string[] labels = await File.ReadAllLinesAsync(folder["l.txt"]);
        paths.Length.ShouldBe(96);
        labels.ShouldBe(paths.Select(p => Path.GetFileName(Path.GetDirectoryName(p))!));
    }

    [Fact]
    public async Task The_same_features_come_from_the_network_and_from_the_cache()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(samples.Images, "val");

        (await CommandRun.WithAsync("extract", data, "-o", folder["a.npy"], "--no-cache", "--threads", "1")).ShouldHaveEnded(0);
        (await CommandRun.WithAsync("extract", data, "-o", folder["b.npy"], "--cache", samples.Cache)).ShouldHaveEnded(0);

        (await File.ReadAllBytesAsync(folder["a.npy"])).ShouldBe(await File.ReadAllBytesAsync(folder["b.npy"]));
    }

    [Fact]
    public async Task The_output_is_required() => (await CommandRun.WithAsync("extract", samples.Images)).ShouldHaveFailedWith("--output");
}
