using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

public sealed class BadDataTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    private string Model => _folder["model.onnx"];

    public Task InitializeAsync() => SmallData.WriteAsync(Data);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Unreadable_images_are_named_and_counted_and_training_continues()
    {
        string truncated = Path.Combine(Data, "dots", "dots-0001.jpg");
        await File.WriteAllBytesAsync(truncated, (await File.ReadAllBytesAsync(truncated))[..200]);
        string text = Path.Combine(Data, "rings", "notes.jpg");
        await File.WriteAllTextAsync(text, "not an image");
        string empty = Path.Combine(Data, "bark", "empty.png");
        await File.WriteAllBytesAsync(empty, []);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("fine-tune", Data, "-o", Model, "--no-cache");

        run.ShouldHaveEnded(0);
        run.Error.ShouldContain("dots-0001.jpg");
        run.Error.ShouldContain("notes.jpg");
        run.Error.ShouldContain("empty.png");
        run.Error.ShouldContain("3 images were left out");
        json.GetProperty("skipped").GetInt32().ShouldBe(3);
        json.GetProperty("skippedImages").EnumerateArray().Select(s => Path.GetFileName(s.GetProperty("path").GetString()))
            .ShouldBe(["empty.png", "dots-0001.jpg", "notes.jpg"], ignoreOrder: true);
        json.GetProperty("skippedImages")[0].GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Images_left_out_for_the_same_reason_are_counted_together_and_the_first_is_named()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Data, "dots")).Order(StringComparer.Ordinal).Skip(3))
        {
            await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..200]);
        }

        await File.WriteAllTextAsync(Path.Combine(Data, "rings", "notes.jpg"), "not an image");

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("fine-tune", Data, "-o", Model, "--no-cache");

        string[] lines = [.. run.ShouldHaveEnded(0).Error.Split('\n').Where(l => l.Contains("left out", StringComparison.Ordinal))];
        lines.Length.ShouldBe(3, run.Error);
        lines[0].ShouldMatch("^warning: left out 5 images, the first '.*dots-0004.jpg': JPEG: ");
        lines[1].ShouldMatch("^warning: left out '.*notes.jpg': ");
        lines[2].TrimEnd().ShouldBe("warning: 6 images were left out; --json FILE lists all");
        json.GetProperty("skippedImages").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task A_class_whose_images_are_all_unreadable_ends_the_run()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Data, "dots")))
        {
            await File.WriteAllTextAsync(file, "not an image");
        }

        CommandRun run = await CommandRun.WithAsync("fine-tune", Data, "-o", Model, "--no-cache", "--quiet");

        run.ShouldHaveFailedWith("dots");
        File.Exists(Model).ShouldBeFalse();
    }

    [Fact]
    public async Task One_class_only_is_refused_before_the_work()
    {
        foreach (string folder in Directory.GetDirectories(Data).Where(f => !f.EndsWith("dots", StringComparison.Ordinal)))
        {
            Directory.Delete(folder, recursive: true);
        }

        CommandRun run = await CommandRun.WithAsync("fine-tune", Data, "-o", Model, "--no-cache");

        run.ShouldHaveFailedWith("only one class", "dots");
        run.Error.ShouldNotContain("Extracting");
    }

    [Fact]
    public async Task An_empty_folder_is_refused()
    {
        Directory.CreateDirectory(_folder["empty"]);

        (await CommandRun.WithAsync("fine-tune", _folder["empty"], "-o", Model)).ShouldHaveFailedWith("empty", "one folder per class");
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named() =>
        (await CommandRun.WithAsync("fine-tune", _folder["nowhere"], "-o", Model)).ShouldHaveFailedWith("nowhere", "does not exist");

    [SkippableFact]
    public async Task A_folder_without_permission_is_named()
    {
        string dots = Path.Combine(Data, "dots");
        using var locked = new LockedFolder(dots);

        (await CommandRun.WithAsync("fine-tune", Data, "-o", Model)).ShouldHaveFailedWith("permission", "dots");
    }

    [Fact]
    public async Task A_network_with_an_unsupported_operator_is_refused_with_the_name_of_its_node()
    {
        string network = _folder["network.onnx"];
        await File.WriteAllBytesAsync(network, OnnxBytes.WithOperator("NonMaxSuppression", "detect_boxes"));

        (await CommandRun.WithAsync("fine-tune", Data, "-o", Model, "--backbone", network, "--no-cache"))
            .ShouldHaveFailedWith("NonMaxSuppression", "detect_boxes");
    }

    [Fact]
    public async Task A_backbone_that_is_no_network_is_refused()
    {
        string network = _folder["network.onnx"];
        await File.WriteAllTextAsync(network, "not a network");

        (await CommandRun.WithAsync("fine-tune", Data, "-o", Model, "--backbone", network)).ShouldHaveFailedWith("network.onnx");
    }
}
