using System.Diagnostics;
using System.Text.Json;

namespace TransferLearning.Cli.Tests;

/// <summary>Processes that use one cache at the same time, or are killed while they use it.</summary>
[Collection(SampleSetTests.Name)]
public sealed class CacheProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Cache => _folder["cache"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Four_processes_share_the_work_and_store_each_image_once()
    {
        int images = await WriteImagesAsync(perClass: 40);
        CommandRun[] runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => TransferProcess.FinishAsync(StartExtraction(i))));

        runs.ToList().ForEach(r => r.ShouldHaveEnded(0).Error.ShouldNotContain("warning"));
        byte[] features = await File.ReadAllBytesAsync(_folder["0.npy"]);
        int computed = 0;
        for (int i = 0; i < 4; i++)
        {
            (await File.ReadAllBytesAsync(_folder[$"{i}.npy"])).ShouldBe(features);
            JsonElement json = await ReportAsync(i);
            json.GetProperty("images").GetInt32().ShouldBe(images);
            (json.GetProperty("cacheHits").GetInt32() + json.GetProperty("cacheMisses").GetInt32()).ShouldBe(images);
            computed += json.GetProperty("cacheMisses").GetInt32();
        }

        computed.ShouldBeInRange(images, (int)(1.3 * images));
        await CacheShouldHoldEachOnceAsync(images);
    }

    [SkippableFact]
    public async Task A_killed_run_leaves_a_cache_that_the_next_one_completes()
    {
        Skip.If(OperatingSystem.IsWindows(), "a killed process leaves its lock for a moment");
        int images = await WriteImagesAsync(perClass: 16);
        (await CommandRun.WithAsync(
            "extract", _folder["images"], "-o", _folder["undisturbed.npy"], "--cache", _folder["other"], "--quiet")).ShouldHaveEnded(0);
        byte[] undisturbed = await File.ReadAllBytesAsync(_folder["undisturbed.npy"]);

        for (int kill = 0; kill < 5; kill++)
        {
            using (Process process = StartExtraction(number: 0))
            {
                // The cache grows with the first group of images, and later with others.
                long length = Length();
                while (!process.HasExited && Length() <= length + (kill * 2000))
                {
                    await Task.Yield();
                }

                process.Kill();
                await process.WaitForExitAsync();
            }

            if (File.Exists(_folder["0.npy"]))
            {
                (await File.ReadAllBytesAsync(_folder["0.npy"])).ShouldBe(undisturbed);
            }

            CommandRun verify = await CommandRun.WithAsync("cache", "verify", "--cache", Cache);
            verify.ShouldHaveEnded(0).Output.ShouldNotContain("1 damaged");
        }

        // What a kill may leave of a file that was about to be written.
        await File.WriteAllTextAsync(Path.Combine(Cache, "images.thumbnails.new"), "half");
        (await TransferProcess.FinishAsync(StartExtraction(number: 0))).ShouldHaveEnded(0).Error.ShouldNotContain("warning");
        (await File.ReadAllBytesAsync(_folder["0.npy"])).ShouldBe(undisturbed);
        Directory.GetFiles(Cache).Where(f => Path.GetExtension(f) is ".new" or ".tmp").ShouldBeEmpty();
        await CacheShouldHoldEachOnceAsync(images);

        long Length() => Directory.Exists(Cache) ? Directory.GetFiles(Cache).Sum(f => new FileInfo(f).Length) : 0;
    }

    private async Task<int> WriteImagesAsync(int perClass)
    {
        (await CommandRun.WithAsync("sample-data", _folder["images"], "--images", $"{perClass}", "--size", "64", "--quiet"))
            .ShouldHaveEnded(0);
        return SettledFiles.Age(_folder["images"]);
    }

    private Process StartExtraction(int number) => TransferProcess.Start(
        "extract",
        _folder["images"],
        "-o",
        _folder[$"{number}.npy"],
        "--json",
        _folder[$"{number}.json"],
        "--cache",
        Cache,
        "--backbone",
        "compact",
        "--quiet");

    private async Task<JsonElement> ReportAsync(int number) =>
        JsonDocument.Parse(await File.ReadAllTextAsync(_folder[$"{number}.json"])).RootElement;

    private async Task CacheShouldHoldEachOnceAsync(int images)
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("cache", "verify", "--cache", Cache);
        run.ShouldHaveEnded(0);
        JsonElement features = json.GetProperty("backbones").EnumerateArray().ShouldHaveSingleItem();
        (features.GetProperty("images").GetInt32(), features.GetProperty("damaged").GetInt32()).ShouldBe((images, 0));
        json.GetProperty("wasteBytes").GetInt64().ShouldBe(0);
        json.GetProperty("shared").EnumerateArray().Select(s => s.GetProperty("records").GetInt32()).ShouldBe([images, images]);
    }
}
