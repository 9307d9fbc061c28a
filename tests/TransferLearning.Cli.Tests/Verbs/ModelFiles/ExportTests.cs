using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs.ModelFiles;

[Collection(SampleSetTests.Name)]
public sealed class ExportTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_export_has_the_model_its_labels_and_its_preprocessing()
    {
        string target = _folder["export"];

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("export", samples.Model, "--to", target);

        run.ShouldHaveEnded(0);
        json.GetProperty("files").EnumerateArray().Select(f => f.GetString()!).ShouldBe(FilesOf(target), ignoreOrder: true);
        (await File.ReadAllBytesAsync(Path.Combine(target, "model.onnx"))).ShouldBe(await File.ReadAllBytesAsync(samples.Model));
        (await File.ReadAllLinesAsync(Path.Combine(target, "labels.txt"))).ShouldBe(
            ["bark", "checks", "dots", "rings", "stripes", "triangles"]);
        using var settings = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(target, "preprocessing.json")));
        settings.RootElement.GetProperty("width").GetInt32().ShouldBe(128);
        settings.RootElement.GetProperty("resize").GetString().ShouldBe("stretch");
        settings.RootElement.GetProperty("channels").GetString().ShouldBe("rgb");
        settings.RootElement.GetProperty("mean").EnumerateArray().Select(m => m.GetDouble()).ShouldBe([127.5, 127.5, 127.5]);
        (await File.ReadAllTextAsync(Path.Combine(target, "README.md"))).ShouldNotContain("{{");
    }

    [Fact]
    public async Task An_earlier_export_is_replaced_with_what_its_programs_have_built()
    {
        string target = _folder["export"];
        (await CommandRun.WithAsync("export", samples.Model, "--to", target)).ShouldHaveEnded(0);
        Directory.CreateDirectory(Path.Combine(target, "csharp", "obj"));
        await File.WriteAllTextAsync(Path.Combine(target, "csharp", "obj", "built"), "");
        await File.WriteAllTextAsync(Path.Combine(target, "labels.txt"), "old");

        (await CommandRun.WithAsync("export", samples.Model, "--to", target)).ShouldHaveEnded(0);

        FilesOf(target).Length.ShouldBe(8);
        (await File.ReadAllTextAsync(Path.Combine(target, "labels.txt"))).ShouldStartWith("bark\n");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([target]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_with_other_files_is_left_as_it_is(bool isExport)
    {
        string target = _folder["export"];
        Directory.CreateDirectory(target);
        if (isExport)
        {
            (await CommandRun.WithAsync("export", samples.Model, "--to", target)).ShouldHaveEnded(0);
        }

        await File.WriteAllTextAsync(Path.Combine(target, "thesis.txt"), "the only copy");

        (await CommandRun.WithAsync("export", samples.Model, "--to", target)).ShouldHaveFailedWith("--to", "thesis.txt", "empty folder");

        (await File.ReadAllTextAsync(Path.Combine(target, "thesis.txt"))).ShouldBe("the only copy");
    }

    [Fact]
    public async Task A_failed_export_leaves_nothing()
    {
        (await CommandRun.WithAsync("export", _folder["none.onnx"], "--to", _folder["export"])).ShouldHaveFailedWith("none.onnx");

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    private static string[] FilesOf(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')),
    ];
}
