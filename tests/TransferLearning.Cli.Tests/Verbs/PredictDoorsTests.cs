using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

/// <summary>What people give to <c>predict</c> beside photos.</summary>
[Collection(SampleSetTests.Name)]
public sealed class PredictDoorsTests(SampleSet samples)
{
    public static TheoryData<string, byte[], string> OtherFiles => new()
    {
        { "photo.webp", Encoding.ASCII.GetBytes("RIFF\u0001\u0001\u0001\u0001WEBPVP8 "), "WebP: Magick.NET cannot decode the file" },
        { "photo.heic", [0, 0, 0, 24, .. "ftypheic"u8], "HEIC: Magick.NET cannot decode the file" },
        { "photo.tif", [.. "II*\0"u8, 8, 0, 0, 0], "TIFF: Magick.NET cannot decode the file" },
        { "paper.pdf", "%PDF-1.7"u8.ToArray(), "a PDF document" },
        { "photos.7z", [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "a 7z archive" },
        { "photos.rar", "Rar!\u001A\u0007"u8.ToArray(), "a RAR archive" },
        { "photo.jpg.txt", "Dear reader,\nthis is a letter.\n"u8.ToArray(), "a text file" },
        { "letter", "Dear reader"u8.ToArray(), "a text file" },
        { "nothing", [], "empty" },
        { "bytes.bin", [1, 0, 2, 0, 3], "a binary file" },
        { "clip.mp4", [0, 0, 0, 24, .. "ftypisom"u8], "a video" },
        { "pointer.dat", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray(), "Git LFS" },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public async Task A_file_that_is_no_photo_is_named_as_what_it_is(string name, byte[] content, string expected)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder[name], content);

        (await CommandRun.WithAsync("predict", samples.Model, folder[name])).ShouldHaveFailedWith(name, expected);
    }

    [Theory]
    [InlineData("photo")]
    [InlineData("photo.jpe")]
    [InlineData("photo.jpg_large")]
    public async Task A_photo_of_any_name_is_predicted(string name)
    {
        using var folder = new TemporaryFolder();
        File.Copy(samples.Image("dots", 0), folder[name]);

        (await CommandRun.WithAsync("predict", samples.Model, folder[name])).ShouldHaveEnded(0).Output.ShouldContain(name);
    }

    [Fact]
    public async Task An_option_that_predict_does_not_have_is_no_image()
    {
        CommandRun run = await CommandRun.WithAsync("predict", samples.Model, samples.Image("dots", 0), "--out-of-fold", "x.csv");

        run.ShouldHaveFailedWith("Unrecognized option '--out-of-fold'", "--csv");
    }

    [Fact]
    public async Task Patterns_are_expanded()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "b.jpg", "a.jpg", "c.txt" })
        {
            File.Copy(samples.Image("dots", 0), folder[name]);
        }

        Directory.CreateDirectory(folder["deep/er"]);
        File.Copy(samples.Image("dots", 0), folder["deep/er/d.jpg"]);

        (await PathsAsync(folder["*.jpg"])).ShouldBe(["a.jpg", "b.jpg"]);
        (await PathsAsync(folder["?.jpg"])).ShouldBe(["a.jpg", "b.jpg"]);
        (await PathsAsync(folder["**/*.jpg"])).ShouldBe(["a.jpg", "b.jpg", "d.jpg"]);
        (await PathsAsync(folder["d*/*"])).ShouldBe(["d.jpg"]);
        (await CommandRun.WithAsync("predict", samples.Model, folder["*.png"])).ShouldHaveFailedWith("no file matches", "*.png");
    }

    [Fact]
    public async Task A_folder_is_predicted_whatever_its_layout()
    {
        using var folder = new TemporaryFolder();
        foreach (string path in new[] { "1.jpg", "x/a/2.jpg", "x/b/3.jpg", "y/a/4.jpg", "y/b/5.jpg", "test/6.jpg" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            File.Copy(samples.Image("dots", 0), folder[path]);
        }

        (await PathsAsync(folder["."])).Order().ShouldBe(["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", "6.jpg"]);
    }

    [Fact]
    public async Task Figures_go_to_the_standard_output_and_nothing_else_does()
    {
        using Process process = TransferProcess.Start("predict", samples.Model, samples.Image("dots", 0), "--json", "-");

        CommandRun run = (await TransferProcess.FinishAsync(process)).ShouldHaveEnded(0);

        JsonDocument.Parse(run.Output).RootElement.GetProperty("predictions").GetArrayLength().ShouldBe(1);
        run.Error.ShouldContain("dots-");
    }

    [Fact]
    public async Task Two_outputs_cannot_share_the_standard_output() =>
        (await CommandRun.WithAsync("predict", samples.Model, samples.Image("dots", 0), "--json", "-", "--csv", "-"))
            .ShouldHaveFailedWith("--json", "--csv");

    private async Task<IEnumerable<string?>> PathsAsync(string path)
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("predict", samples.Model, path);
        run.ShouldHaveEnded(0);
        return json.GetProperty("predictions").EnumerateArray().Select(p => Path.GetFileName(p.GetProperty("path").GetString()));
    }
}
