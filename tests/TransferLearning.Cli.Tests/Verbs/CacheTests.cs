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
    }

    [Fact]
    public async Task A_cache_that_is_not_there_holds_nothing()
    {
        (CommandRun run, _) = await RunAsync("info");

        run.ShouldHaveEnded(0).Output.ShouldContain("Cached: nothing");
        Directory.Exists(_folder["cache"]).ShouldBeFalse();
    }

    private Task<(CommandRun Run, JsonElement Json)> RunAsync(string action) =>
        CommandRun.WithJsonAsync("cache", action, "--cache", _folder["cache"]);

    private async Task FillAsync()
    {
        await SmallData.WriteAsync(_folder["images"]);
        (await CommandRun.WithAsync("extract", _folder["images"], "-o", _folder["features.npy"], "--cache", _folder["cache"], "--quiet"))
            .ShouldHaveEnded(0);
    }
}
