using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs.Layouts;

public sealed class DataLayoutTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    private string Model => _folder["model.onnx"];

    public Task InitializeAsync() => SmallData.WriteAsync(Data);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_understood_is_said_before_the_work_and_in_the_report()
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "dots", "photo.psd"), "8BPS");
        Directory.CreateDirectory(Path.Combine(Data, "dots", "@eaDir"));

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("fine-tune", Data, "-o", Model, "--no-cache");

        run.ShouldHaveEnded(0);
        int layout = run.Error.IndexOf("layout: one folder per class", StringComparison.Ordinal);
        layout.ShouldBeInRange(0, run.Error.IndexOf("Extracting", StringComparison.Ordinal));
        run.Error.ShouldContain("dots (8)");
        run.Error.ShouldContain("left out: 1 image in a format that is not read");
        run.Error.ShouldContain("ignored: 2 files and folders of the system");
        json.GetProperty("skipped").GetInt32().ShouldBe(1);
        json.GetProperty("skippedImages")[0].GetProperty("path").GetString()!.ShouldEndWith("photo.psd");
        json.GetProperty("layout").GetString().ShouldBe("class-folders");
        JsonElement data = json.GetProperty("data")[0];
        data.GetProperty("classes").GetArrayLength().ShouldBe(6);
        data.GetProperty("division")[0].GetProperty("images").GetInt32().ShouldBe(48);
        data.GetProperty("leftOut").EnumerateArray().Select(l => l.GetProperty("kind").GetString())
            .ShouldBe(["other-format", "system-file"]);
    }

    [Fact]
    public async Task Quiet_runs_still_say_which_images_were_left_out()
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "dots", "photo.webp"), "RIFF....WEBP");

        CommandRun run = await CommandRun.WithAsync("extract", Data, "-o", _folder["a.npy"], "--no-cache", "--quiet");

        run.ShouldHaveEnded(0);
        run.Error.ShouldContain("photo.webp");
        run.Error.ShouldNotContain("layout:");
    }

    [Fact]
    public async Task A_flat_test_folder_is_neither_trained_on_nor_a_class()
    {
        string train = _folder["set/train"];
        Directory.CreateDirectory(_folder["set"]);
        Directory.Move(Data, train);
        Directory.CreateDirectory(_folder["set/test"]);
        File.Copy(Path.Combine(train, "dots", "dots-0001.jpg"), _folder["set/test/1.jpg"]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("fine-tune", _folder["set"], "-o", Model, "--no-cache");

        run.ShouldHaveEnded(0);
        json.GetProperty("classes").GetInt32().ShouldBe(6);
        (json.GetProperty("trainImages").GetInt32() + json.GetProperty("validationImages").GetInt32()).ShouldBe(48);
        run.Error.ShouldContain("test 1 image without labels");
    }

    [Fact]
    public async Task Two_readings_stop_with_the_options_that_choose_and_each_option_does()
    {
        Directory.CreateDirectory(_folder["set/camera A"]);
        Directory.CreateDirectory(_folder["set/camera B"]);
        foreach (string label in new[] { "dots", "rings" })
        {
            Directory.Move(Path.Combine(Data, label), _folder[$"set/camera A/{label}"]);
            Directory.CreateDirectory(_folder[$"set/camera B/{label}"]);
            foreach (string file in Directory.GetFiles(_folder[$"set/camera A/{label}"]))
            {
                File.Copy(file, _folder[$"set/camera B/{label}/{Path.GetFileName(file)}"]);
            }
        }

        (await CommandRun.WithAsync("check", _folder["set"]))
            .ShouldHaveFailedWith("two ways", "--layout folders", "--train", "--validation");

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", _folder["set"], "--layout", "folders");
        run.ShouldHaveEnded(0);
        Names(json).ShouldBe(["camera A", "camera B"]);

        (run, json) = await CommandRun.WithJsonAsync("check", _folder["set"], "--train", "camera A", "--validation", "camera B");
        run.ShouldHaveEnded(0);
        Names(json).ShouldBe(["dots", "rings"]);

        (run, json) = await CommandRun.WithJsonAsync(
            "fine-tune", _folder["set"], "-o", Model, "--no-cache", "--train", "camera A", "--validation", "camera B");
        run.ShouldHaveEnded(0);
        (json.GetProperty("trainImages").GetInt32(), json.GetProperty("validationImages").GetInt32()).ShouldBe((16, 16));
    }

    [Fact]
    public async Task The_columns_of_a_manifest_can_be_named()
    {
        string manifest = Path.Combine(Data, "set.csv");
        string[] rows =
        [
            .. new[] { "dots", "rings" }.SelectMany(l => Enumerable.Range(1, 8).Select(i => $"{i},{l}/{l}-{i:0000}.jpg,{l},{i}")),
        ];
        await File.WriteAllLinesAsync(manifest, ["one,two,three,four", .. rows]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "check", manifest, "--path-column", "two", "--label-column", "three");

        run.ShouldHaveEnded(0);
        Names(json).ShouldBe(["dots", "rings"]);
        (await CommandRun.WithAsync("check", manifest, "--label-column", "five")).ShouldHaveFailedWith("five", "one, two, three, four");
        (await CommandRun.WithAsync("fine-tune", manifest, "-o", Model)).ShouldHaveFailedWith("one, two, three, four", "--label-column");
    }

    [Fact]
    public async Task An_unknown_layout_is_refused_with_the_known_ones() =>
        (await CommandRun.WithAsync("check", Data, "--layout", "table")).ShouldHaveFailedWith("folders, manifest or images, not 'table'");

    private static IEnumerable<string?> Names(JsonElement json) =>
        json.GetProperty("data")[0].GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("name").GetString());
}
