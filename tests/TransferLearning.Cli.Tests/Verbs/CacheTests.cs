using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

public sealed class CacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Info_and_verify_list_what_is_cached_and_clear_removes_it()
    {
        await FillAsync();
        File.WriteAllText(Path.Combine(_folder["cache"], "notes.txt"), "mine");

        (CommandRun info, JsonElement listed) = await RunAsync("info");
        (CommandRun verify, JsonElement verified) = await RunAsync("verify");
        (CommandRun clear, JsonElement cleared) = await RunAsync("clear");
        (_, JsonElement after) = await RunAsync("info");

        info.ShouldHaveEnded(0).Output.ShouldContain("compact: 48 images");
        JsonElement backbone = listed.GetProperty("backbones").EnumerateArray().ShouldHaveSingleItem();
        backbone.GetProperty("images").GetInt32().ShouldBe(48);
        backbone.GetProperty("featureSize").GetInt32().ShouldBe(384);
        backbone.GetProperty("damaged").ValueKind.ShouldBe(JsonValueKind.Null);
        verify.ShouldHaveEnded(0).Output.ShouldContain("0 damaged");
        verified.GetProperty("backbones")[0].GetProperty("damaged").GetInt32().ShouldBe(0);
        clear.ShouldHaveEnded(0);
        cleared.GetProperty("freedBytes").GetInt64().ShouldBeGreaterThan(48 * 384 * sizeof(float));
        after.GetProperty("backbones").GetArrayLength().ShouldBe(0);
        Directory.GetFiles(_folder["cache"]).ShouldBe([Path.Combine(_folder["cache"], "notes.txt")]);
    }

    [Fact]
    public async Task A_damaged_record_is_counted()
    {
        await FillAsync();
        string file = Directory.GetFiles(_folder["cache"]).MaxBy(f => new FileInfo(f).Length)!;
        byte[] content = File.ReadAllBytes(file);
        content[^5] ^= 0xFF;
        File.WriteAllBytes(file, content);

        (_, JsonElement json) = await RunAsync("verify");

        json.GetProperty("backbones")[0].GetProperty("damaged").GetInt32().ShouldBe(1);
        (await RunAsync("verify")).Json.GetProperty("backbones")[0].GetProperty("damaged").GetInt32().ShouldBe(0, "it was removed");
    }

    [Fact]
    public async Task A_cache_that_is_not_there_holds_nothing()
    {
        (CommandRun run, _) = await RunAsync("info");

        run.ShouldHaveEnded(0).Output.ShouldContain("Cached: nothing");
        Directory.Exists(_folder["cache"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("info")]
    [InlineData("verify")]
    [InlineData("compact")]
    [InlineData("clear")]
    public async Task A_cache_that_is_not_there_is_no_error_but_said(string action)
    {
        (CommandRun run, JsonElement json) = await RunAsync(action);

        run.ShouldHaveEnded(0).Error.ShouldContain($"warning: no cache at '{_folder["cache"]}'");
        json.GetProperty("exists").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("info")]
    [InlineData("verify")]
    [InlineData("compact")]
    [InlineData("clear")]
    public async Task A_file_in_the_place_of_the_folder_is_refused(string action)
    {
        string file = Path.Combine(_folder.Path, "a-file");
        File.WriteAllText(file, "mine");

        (await CommandRun.WithAsync("cache", action, "--cache", file)).ShouldHaveFailedWith("--cache", $"'{file}' is a file");
        (await CommandRun.WithAsync("cache", action, "--cache", "")).ShouldHaveFailedWith("--cache expects the path of a folder");
        File.ReadAllText(file).ShouldBe("mine");
    }

    [Fact]
    public async Task Info_shows_waste_and_what_all_backbones_share_and_compact_frees_it()
    {
        await FillAsync();
        await DamageAsync();
        (CommandRun info, JsonElement listed) = await RunAsync("info");
        (CommandRun compact, JsonElement compacted) = await RunAsync("compact");
        (_, JsonElement after) = await RunAsync("info");

        info.ShouldHaveEnded(0).Output.ShouldContain("compact: 48 images, 1 superseded");
        JsonElement backbone = listed.GetProperty("backbones")[0];
        backbone.GetProperty("superseded").GetInt32().ShouldBe(1);
        backbone.GetProperty("wasteBytes").GetInt64().ShouldBe(32 + 4 + (4 * 384));
        backbone.GetProperty("lastUsed").GetDateTime().ShouldBeGreaterThan(DateTime.UtcNow.AddHours(-1));
        listed.GetProperty("shared").EnumerateArray()
            .Select(s => (s.GetProperty("contents").GetString(), s.GetProperty("records").GetInt32()))
            .ShouldBe([("thumbnails", 48), ("image files", 48)], ignoreOrder: true);
        listed.GetProperty("wasteBytes").GetInt64().ShouldBe(32 + 4 + (4 * 384));
        listed.GetProperty("bytes").GetInt64().ShouldBe(Lengths("*.bottlenecks") + Lengths("*.thumbnails") + Lengths("*.index") + 1572);
        compact.ShouldHaveEnded(0).Output.ShouldContain("Removed: 1 superseded and 0 damaged records");
        compacted.GetProperty("freedBytes").GetInt64().ShouldBe(1572);
        compacted.GetProperty("compaction").GetProperty("superseded").GetInt32().ShouldBe(1);
        after.GetProperty("wasteBytes").GetInt64().ShouldBe(0);

        long Lengths(string pattern) => Directory.GetFiles(_folder["cache"], pattern).Sum(f => new FileInfo(f).Length);
    }

    [Fact]
    public async Task A_run_reduces_the_cache_to_the_limit_of_its_size_and_says_so()
    {
        await FillAsync();
        string[] run = ["extract", _folder["images"], "-o", _folder["features.npy"], "--cache", _folder["cache"], "--cache-size", "0.1MB"];

        (CommandRun extract, JsonElement json) = await CommandRun.WithJsonAsync(run);

        extract.ShouldHaveEnded(0).Error.ShouldContain("was larger than its limit of 100,000 bytes: removed the oldest");
        json.GetProperty("warnings")[0].GetString()!.ShouldContain("limit of 100,000 bytes");
        Directory.GetFiles(_folder["cache"]).Sum(f => new FileInfo(f).Length).ShouldBeLessThan(90_000);

        (CommandRun compact, JsonElement compacted) = await CommandRun.WithJsonAsync(
            "cache", "compact", "--cache", _folder["cache"], "--cache-size", "20KiB");
        compact.ShouldHaveEnded(0).Output.ShouldContain("Limit: ");
        compacted.GetProperty("compaction").GetProperty("evictions")[0].GetString()!.ShouldContain("20,480 bytes");
        compacted.GetProperty("bytes").GetInt64().ShouldBeLessThan(20_480);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("64M")]
    [InlineData("0.2B")]
    [InlineData("much")]
    public async Task A_size_that_is_none_is_refused(string size) =>
        (await CommandRun.WithAsync("extract", _folder.Path, "-o", _folder["features.npy"], "--cache-size", size))
            .ShouldHaveFailedWith("--cache-size expects", $"not '{size}'");

    [Fact]
    public async Task A_size_that_cannot_hold_an_image_and_one_without_a_cache_are_refused()
    {
        await SmallData.WriteAsync(_folder["images"]);
        string[] run = ["extract", _folder["images"], "-o", _folder["features.npy"], "--cache-size", "3000"];

        (await CommandRun.WithAsync([.. run, "--cache", _folder["cache"]])).ShouldHaveFailedWith("--cache-size is 3000 bytes", "'compact'");
        (await CommandRun.WithAsync([.. run, "--no-cache"])).ShouldHaveFailedWith("--cache-size and --no-cache contradict");
    }

    private Task<(CommandRun Run, JsonElement Json)> RunAsync(string action) =>
        CommandRun.WithJsonAsync("cache", action, "--cache", _folder["cache"]);

    /// <summary>Damages a record, and lets a run compute it again.</summary>
    private async Task DamageAsync()
    {
        string file = Directory.GetFiles(_folder["cache"], "*.bottlenecks").ShouldHaveSingleItem();
        byte[] content = await File.ReadAllBytesAsync(file);
        content[^5] ^= 0xFF;
        await File.WriteAllBytesAsync(file, content);
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "extract", _folder["images"], "-o", _folder["features.npy"], "--cache", _folder["cache"]);
        run.ShouldHaveEnded(0);
        json.GetProperty("cacheMisses").GetInt32().ShouldBe(1);
    }

    private async Task FillAsync()
    {
        await SmallData.WriteAsync(_folder["images"]);
        SettledFiles.Age(_folder["images"]).ShouldBe(48);
        (await CommandRun.WithAsync("extract", _folder["images"], "-o", _folder["features.npy"], "--cache", _folder["cache"], "--quiet"))
            .ShouldHaveEnded(0);
    }
}
