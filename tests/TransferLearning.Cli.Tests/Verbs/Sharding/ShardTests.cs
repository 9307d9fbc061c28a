using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs.Sharding;

public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Shards_of_any_scheduler_merge_to_what_one_process_computes()
    {
        await SmallData.WriteAsync(_folder["images"]);
        SettledFiles.Age(_folder["images"]).ShouldBe(48);

        CommandRun slurm = await AutoAsync(("SLURM_ARRAY_TASK_ID", "0"));
        CommandRun kubernetes = await AutoAsync(("JOB_COMPLETION_INDEX", "1"));
        CommandRun aws = await AutoAsync(("AWS_BATCH_JOB_ARRAY_INDEX", "2"));
        (await CommandRun.WithAsync("cache", "merge", _folder["cache"])).ShouldHaveFailedWith("--array=3-4", "--shards 5");
        CommandRun google = await AutoAsync(("BATCH_TASK_INDEX", "3"));
        (CommandRun given, JsonElement shard) = await CommandRun.WithJsonAsync(
            "extract", _folder["images"], "--cache", _folder["cache"], "--shard", "4/5");
        (CommandRun info, JsonElement listed) = await CommandRun.WithJsonAsync("cache", "info", "--cache", _folder["cache"]);
        (CommandRun merge, JsonElement merged) = await CommandRun.WithJsonAsync("cache", "merge", _folder["cache"]);

        slurm.ShouldHaveEnded(0).Error.ShouldContain("Shard 0/5 (SLURM_ARRAY_TASK_ID) of 48 images");
        slurm.Error.ShouldContain($"Next: transfer cache merge {_folder["cache"]}");
        kubernetes.ShouldHaveEnded(0).Error.ShouldContain("Shard 1/5 (JOB_COMPLETION_INDEX)");
        aws.ShouldHaveEnded(0).Error.ShouldContain("Shard 2/5 (AWS_BATCH_JOB_ARRAY_INDEX)");
        google.ShouldHaveEnded(0).Output.ShouldContain("Shard: 3/5 (BATCH_TASK_INDEX)");
        given.ShouldHaveEnded(0);
        (shard.GetProperty("images").GetInt32(), shard.GetProperty("cacheMisses").GetInt32()).ShouldBe((9, 9));
        shard.GetProperty("shard").GetProperty("index").GetInt32().ShouldBe(4);
        info.ShouldHaveEnded(0).Output.ShouldContain("(shards of compact, not merged): 5 of 5 complete, 48 images");
        listed.GetProperty("shards")[0].GetProperty("missing").GetString().ShouldBe("");
        merge.ShouldHaveEnded(0).Output.ShouldContain("Merged: 5 shards, 48 images added");
        merged.GetProperty("merge").GetProperty("added").GetInt32().ShouldBe(48);
        merged.GetProperty("shards").GetArrayLength().ShouldBe(0);

        (CommandRun whole, JsonElement features) = await CommandRun.WithJsonAsync(
            "extract", _folder["images"], "--cache", _folder["cache"], "-o", _folder["merged.npy"]);
        whole.ShouldHaveEnded(0);
        features.GetProperty("cacheHits").GetInt32().ShouldBe(48);
        (await CommandRun.WithAsync("extract", _folder["images"], "--no-cache", "-o", _folder["alone.npy"])).ShouldHaveEnded(0);
        (await File.ReadAllBytesAsync(_folder["merged.npy"])).ShouldBe(await File.ReadAllBytesAsync(_folder["alone.npy"]));
    }

    [Fact]
    public async Task A_merge_without_shards_says_so_and_one_of_what_there_is_warns()
    {
        await SmallData.WriteAsync(_folder["images"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["images"], "rings", "broken.jpg"), "no image");
        for (int i = 0; i < 5; i++)
        {
            (await AutoAsync(("SLURM_ARRAY_TASK_ID", $"{i}"))).ShouldHaveEnded(0);
        }

        Directory.Delete(Directory.GetDirectories(Path.Combine(_folder["cache"], "shards"))[0], recursive: true);
        (await AutoAsync(("SLURM_ARRAY_TASK_ID", "0"))).ShouldHaveEnded(0);
        (CommandRun merge, JsonElement json) = await CommandRun.WithJsonAsync(
            "cache", "merge", "--cache", _folder["cache"], "--accept-missing");
        CommandRun again = await CommandRun.WithAsync("cache", "merge", _folder["cache"]);

        merge.ShouldHaveEnded(0).Error.ShouldContain("warning: 4 shards were not complete");
        json.GetProperty("merge").GetProperty("missing").EnumerateArray().Select(m => m.GetInt32()).ShouldBe([1, 2, 3, 4]);
        again.ShouldHaveEnded(0).Output.ShouldContain("Merged: nothing: there are no shards");
    }

    [Fact]
    public async Task What_shards_left_out_is_said_by_the_merge()
    {
        await SmallData.WriteAsync(_folder["images"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["images"], "rings", "broken.jpg"), "no image");
        for (int i = 0; i < 5; i++)
        {
            (await AutoAsync(("SLURM_ARRAY_TASK_ID", $"{i}"))).ShouldHaveEnded(0);
        }

        (CommandRun merge, JsonElement json) = await CommandRun.WithJsonAsync("cache", "merge", _folder["cache"]);

        merge.ShouldHaveEnded(0).Error.ShouldContain("broken.jpg'");
        merge.Error.ShouldContain("warning: 1 image was left out");
        json.GetProperty("merge").GetProperty("skippedImages")[0].GetProperty("path").GetString()!.ShouldEndWith("broken.jpg");
    }

    [Theory]
    [InlineData("5/5", "from 0 to N - 1")]
    [InlineData("-1/5", "from 0 to N - 1")]
    [InlineData("1", "from 0 to N - 1")]
    [InlineData("1/0", "from 0 to N - 1")]
    [InlineData("a/5", "not 'a/5'")]
    [InlineData("automatic", "or auto with --shards N")]
    public async Task A_shard_that_is_none_is_refused(string shard, string message) =>
        (await CommandRun.WithAsync("extract", _folder.Path, "--cache", _folder["cache"], $"--shard={shard}"))
            .ShouldHaveFailedWith("--shard expects I/N", message);

    [Fact]
    public async Task A_task_number_that_is_missing_wrong_or_not_one_of_the_shards_is_refused()
    {
        await SmallData.WriteAsync(_folder["images"]);

        (await AutoAsync()).ShouldHaveFailedWith("--shard auto finds no number", "SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX");
        (await AutoAsync(("SLURM_ARRAY_TASK_ID", ""))).ShouldHaveFailedWith("--shard auto finds no number");
        (await AutoAsync(("SLURM_ARRAY_TASK_ID", "5")))
            .ShouldHaveFailedWith("SLURM_ARRAY_TASK_ID is 5, but --shards 5 has the shards 0 to 4", "--array=0-4");
        (await AutoAsync(("BATCH_TASK_INDEX", "two"))).ShouldHaveFailedWith("BATCH_TASK_INDEX is 'two', not a whole number");
        (await AutoAsync(("SLURM_ARRAY_TASK_ID", "1"), ("JOB_COMPLETION_INDEX", "2")))
            .ShouldHaveFailedWith("different numbers: SLURM_ARRAY_TASK_ID is 1, JOB_COMPLETION_INDEX is 2");
        (await AutoAsync(("SLURM_ARRAY_TASK_ID", "1"), ("JOB_COMPLETION_INDEX", "1"))).ShouldHaveEnded(0).Error
            .ShouldContain("Shard 1/5 (SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX)");
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_refused_all_at_once()
    {
        CommandRun run = await CommandRun.WithAsync(
            "extract", _folder.Path, "--shard", "0/2", "--shards", "2", "-o", _folder["f.npy"], "--labels", _folder["l.txt"],
            "--cache-size", "1GB");

        run.ShouldHaveFailedWith(
            "--shards has no use with --shard I/N",
            "--shard needs --cache DIR",
            "--output has no use with --shard",
            "--labels has no use with --shard",
            "--cache-size has no use with --shard");
        (await CommandRun.WithAsync("extract", _folder.Path, "--cache", _folder["cache"], "--shard", "auto"))
            .ShouldHaveFailedWith("--shard auto needs --shards N");
        (await CommandRun.WithAsync("extract", _folder.Path, "-o", _folder["f.npy"], "--shards", "3"))
            .ShouldHaveFailedWith("--shards has no use without --shard auto");
        (await CommandRun.WithAsync("cache", "merge", _folder["a"], "--cache", _folder["b"])).ShouldHaveFailedWith("contradict each other");
    }

    private Task<CommandRun> AutoAsync(params (string Name, string Value)[] variables) => CommandRun.WithVariablesAsync(
        variables.ToDictionary(v => v.Name, v => v.Value),
        "extract", _folder["images"], "--cache", _folder["cache"], "--shard", "auto", "--shards", "5");
}
