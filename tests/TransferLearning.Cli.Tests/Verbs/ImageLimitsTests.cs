using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

/// <summary>The largest images that the verbs read.</summary>
[Collection(SampleSetTests.Name)]
public sealed class ImageLimitsTests(SampleSet samples)
{
    [Theory]
    [InlineData("--max-pixels", "9215", "at most 9215 pixels are decoded (the limit --max-pixels)")]
    [InlineData("--max-image-bytes", "100", "at most 100 bytes are read (the limit --max-image-bytes)")]
    public async Task Larger_images_are_left_out_and_the_reason_names_the_option(string option, string value, string reason)
    {
        using var folder = new TemporaryFolder();
        string train = Path.Combine(samples.Images, "train");

        (await CommandRun.WithAsync("fine-tune", samples.Images, "-o", folder["m.onnx"], "--no-cache", option, value))
            .ShouldHaveFailedWith(reason);
        (await CommandRun.WithAsync("evaluate", samples.Model, samples.Images, option, value)).ShouldHaveFailedWith(reason);
        (await CommandRun.WithAsync("predict", samples.Model, samples.Image("dots", 0), option, value)).ShouldHaveFailedWith(reason);
        (await CommandRun.WithAsync("extract", train, "-o", folder["f.npy"], "--no-cache", option, value)).ShouldHaveFailedWith(reason);
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", train, option, value);
        run.ShouldHaveEnded(0);
        json.GetProperty("unreadable").GetArrayLength().ShouldBe(72);
        json.GetProperty("unreadable")[0].GetProperty("reason").GetString()!.ShouldContain(reason);
    }

    [Fact]
    public async Task Images_as_large_as_the_limit_are_read()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "evaluate", samples.Model, samples.Images, "--max-pixels", "9216", "--max-image-bytes", "2147483591");

        run.ShouldHaveEnded(0);
        json.GetProperty("skipped").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("--max-pixels", "0")]
    [InlineData("--max-pixels", "715827883")]
    [InlineData("--max-image-bytes", "2147483592")]
    [InlineData("--max-image-bytes", "64M")]
    public async Task What_is_no_limit_is_refused(string option, string value) =>
        (await CommandRun.WithAsync("check", samples.Images, option, value))
            .ShouldHaveFailedWith($"{option} expects a whole number from 1 to", $"not '{value}'");
}
