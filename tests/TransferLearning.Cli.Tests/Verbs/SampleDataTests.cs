using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

public sealed class SampleDataTests
{
    [Fact]
    public async Task It_draws_one_folder_per_class()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("sample-data", folder["data"], "--images", "3", "--size", "32");

        run.ShouldHaveEnded(0).Output.ShouldContain("18 images of 6 classes");
        json.GetProperty("images").GetInt32().ShouldBe(18);
        json.GetProperty("classes").GetInt32().ShouldBe(6);
        Directory.GetDirectories(folder["data"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["bark", "checks", "dots", "rings", "stripes", "triangles"]);
        Directory.GetFiles(folder["data", "rings"]).Length.ShouldBe(3);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_bytes_with_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--images", "2", "--size", "48", "--quiet"];

        await CommandRun.WithAsync(["sample-data", folder["a"], .. arguments, "--seed", "3"]);
        await CommandRun.WithAsync(["sample-data", folder["b"], .. arguments, "--seed", "3", "--threads", "1"]);
        await CommandRun.WithAsync(["sample-data", folder["c"], .. arguments, "--seed", "4"]);

        ReadAll(folder["b"]).ShouldBe(ReadAll(folder["a"]));
        ReadAll(folder["c"]).ShouldNotBe(ReadAll(folder["a"]));
    }

    [Fact]
    public async Task The_validation_share_goes_into_val()
    {
        using var folder = new TemporaryFolder();

        (await CommandRun.WithAsync("sample-data", folder["data"], "--images", "8", "--size", "16", "--validation", "0.25"))
            .ShouldHaveEnded(0);

        Directory.GetFiles(folder["data", "train", "dots"]).Length.ShouldBe(6);
        Directory.GetFiles(folder["data", "val", "dots"]).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_folder_that_it_filled_before_is_filled_again()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.WithAsync("sample-data", folder["data"], "--images", "8", "--size", "16", "--validation", "0.25");
        await File.WriteAllTextAsync(folder["data", "train", "dots", "mine.txt"], "kept");

        (await CommandRun.WithAsync("sample-data", folder["data"], "--images", "2", "--size", "16")).ShouldHaveEnded(0);

        Directory.GetFiles(folder["data"], "*.jpg", SearchOption.AllDirectories).Length.ShouldBe(12);
        Directory.Exists(folder["data", "val"]).ShouldBeFalse();
        File.Exists(folder["data", "train", "dots", "mine.txt"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["letter.txt"], "Dear");

        (await CommandRun.WithAsync("sample-data", folder.Path)).ShouldHaveFailedWith("not empty");

        Directory.GetFileSystemEntries(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["letter.txt"], "Dear");

        (await CommandRun.WithAsync("sample-data", folder["letter.txt"])).ShouldHaveFailedWith("is a file");
    }

    [Fact]
    public async Task Validation_images_only_are_refused()
    {
        using var folder = new TemporaryFolder();

        (await CommandRun.WithAsync("sample-data", folder["data"], "--validation", "1")).ShouldHaveFailedWith("--validation 1 leaves none");
    }

    private static byte[][] ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
