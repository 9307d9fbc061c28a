using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

/// <summary>What the verbs that divide data do with near-copies, and say about them.</summary>
[Collection(SampleSetTests.Name)]
public sealed class NearCopiesTests(SampleSet samples)
{
    [Theory]
    [InlineData("fine-tune")]
    [InlineData("cross-validate")]
    [InlineData("pre-train")]
    public async Task Groups_of_copies_that_stay_together_are_counted_and_said(string verb)
    {
        using var folder = new TemporaryFolder();
        await SmallData.WriteAsync(folder["data"]);
        string[] originals = [.. Directory.GetFiles(folder["data"], "*.jpg", SearchOption.AllDirectories).Order().Take(4)];
        foreach (string path in originals)
        {
            string name = $"zz-{Path.GetFileNameWithoutExtension(path)}.bmp";
            await NearCopies.MirrorAsync(path, Path.Combine(Path.GetDirectoryName(path)!, name));
        }

        string[] output = verb == "cross-validate" ? [] : ["-o", folder["model.onnx"]];
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            [verb, folder["data"], "--cache", folder["cache"], .. SharedFiles.SmallBackbone(), .. output]);
        (CommandRun split, JsonElement splitJson) = await CommandRun.WithJsonAsync(
            [verb, folder["data"], "--split-near-copies", "--cache", folder["cache"], .. SharedFiles.SmallBackbone(), .. output]);

        run.ShouldHaveEnded(0).Error.ShouldContain("4 groups of near-copies (8 images) were kept on one side");
        JsonElement copies = json.GetProperty("copies");
        (copies.GetProperty("groups").GetInt32(), copies.GetProperty("images").GetInt32()).ShouldBe((4, 8));
        copies.GetProperty("across").GetArrayLength().ShouldBe(0);
        split.ShouldHaveEnded(0).Error.ShouldNotContain("near-copies");
        splitJson.GetProperty("copies").GetProperty("groups").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Copies_across_the_given_parts_are_named()
    {
        using var folder = new TemporaryFolder();
        SampleSet.Copy(samples.Images, folder["data"]);
        await NearCopies.MirrorAsync(samples.Image("dots", 0), folder["data", "train", "dots", "mirrored.bmp"]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", folder["data"], "-o", folder["model.onnx"], "--cache", samples.Cache, "--report", folder["report.html"]);

        run.ShouldHaveEnded(0).Error.ShouldContain("1 group of copies (2 images) are in training and validation");
        run.Error.ShouldContain("mirrored.bmp' and '");
        run.Error.ShouldContain("' (mirrored)");
        json.GetProperty("copies").GetProperty("across").EnumerateArray().ShouldHaveSingleItem().GetProperty("paths")[0].GetString()!
            .ShouldEndWith("mirrored.bmp");
        (await File.ReadAllTextAsync(folder["report.html"])).ShouldContain("are in training and validation");
    }
}
