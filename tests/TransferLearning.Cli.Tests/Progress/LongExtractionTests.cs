using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Tests.Progress;

[Collection(SampleSetTests.Name)]
public sealed class LongExtractionTests(SampleSet samples)
{
    [Fact]
    public async Task A_long_extraction_is_announced_with_the_faster_choice()
    {
        string error = await ExtractAsync(hastening: 100_000, "--backbone", "resnet18");

        string[] notes = Notes(error);
        notes.ShouldHaveSingleItem().ShouldContain("with --backbone compact, about a fifth of that");
        notes[0].ShouldMatch("Extracting bottlenecks will take about ([0-9]+ minutes|[0-9.]+ hours); ");
    }

    [Fact]
    public async Task The_small_network_has_no_faster_choice()
    {
        string error = await ExtractAsync(hastening: 1_000_000, "--backbone", "compact");

        Notes(error).ShouldHaveSingleItem().ShouldNotContain("--backbone");
    }

    [Fact]
    public async Task A_short_extraction_is_not_announced()
    {
        string error = await ExtractAsync(hastening: 1, "--backbone", "resnet18");

        Notes(error).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pipeline_announces_it_too()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["fine-tune", samples.Images, "-o", folder["model.onnx"], "--no-cache", "--threads", "1"];

        string error = await RunAsync(hastening: 100_000, [.. arguments, "--backbone", "resnet18"]);

        Notes(error).ShouldHaveSingleItem().ShouldContain("bottlenecks of images will take about");
    }

    private static string[] Notes(string error) =>
        [.. error.Split('\n').Where(l => l.Contains("will take about", StringComparison.Ordinal))];

    private async Task<string> ExtractAsync(double hastening, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string[] extract = ["extract", samples.Images, "-o", folder["features.npy"], "--no-cache", "--threads", "1"];
        return await RunAsync(hastening, [.. extract, .. arguments]);
    }

    private static async Task<string> RunAsync(double hastening, string[] arguments)
    {
        using var error = new StringWriter();
        var host = new CommandHost
        {
            Output = TextWriter.Null,
            Error = error,
            OutputIsTerminal = false,
            ErrorIsTerminal = false,
            Time = new HastenedTime(hastening),
        };
        (await CommandLine.RunAsync(arguments, host, CancellationToken.None)).ShouldBe(0);
        return error.ToString();
    }

    /// <summary>A clock that runs faster than time does.</summary>
    private sealed class HastenedTime(double factor) : TimeProvider
    {
        public override long TimestampFrequency => Math.Max(1, (long)(System.TimestampFrequency / factor));
    }
}
