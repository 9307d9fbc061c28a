using TransferLearning.Imaging;

namespace TransferLearning.Cli.Tests.Browser;

/// <summary>
/// The pictures of docs/report.md. With UPDATE_SCREENSHOTS=1 in the environment they are taken anew, of a report on sample data: look at
/// them before you commit them.
/// </summary>
public sealed class ScreenshotTests : IDisposable
{
    private const string Update = "UPDATE_SCREENSHOTS";
    private const int MaxBytes = 200_000;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int, int, string> Pictures => new()
    {
        { Desktop.Name, Desktop.Width, Desktop.Height, Desktop.Scheme },
        { Dark.Name, Dark.Width, Dark.Height, Dark.Scheme },
        { Phone.Name, Phone.Width, Phone.Height, Phone.Scheme },
    };

    private static Picture Desktop { get; } = new("report-desktop.png", 1440, 1000, "light");

    private static Picture Dark { get; } = new("report-dark.png", 1440, 1000, "dark");

    private static Picture Phone { get; } = new("report-phone.png", 390, 1400, "light");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pictures))]
    public void The_pictures_of_the_documents_are_there_small_and_of_their_size(string name, int width, int height, string scheme)
    {
        string file = PathOf(name);

        File.Exists(file).ShouldBeTrue($"{name} is missing: run these tests with {Update}=1, with Chromium installed");
        byte[] content = File.ReadAllBytes(file);
        RgbImage picture = ImageFormats.BuiltIn.Decode(content);
        content.Length.ShouldBeLessThan(MaxBytes);
        (picture.Width, picture.Height).ShouldBe((width, height));
        (picture.Pixels.ToArray().Average(p => p) < 128).ShouldBe(scheme == "dark");
    }

    [SkippableFact]
    public async Task The_pictures_of_the_documents_are_taken_anew_on_demand()
    {
        Skip.If(Environment.GetEnvironmentVariable(Update) != "1", $"takes pictures with {Update}=1 only");
        using var browser = Chromium.Start();
        string report = await WriteReportAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf("any"))!);
        foreach ((string name, int width, int height, string scheme) in new[] { Desktop, Dark, Phone })
        {
            using BrowserPage page = await browser.OpenAsync(report, width, height, scheme);
            await File.WriteAllBytesAsync(PathOf(name), await page.ScreenshotAsync(height));
        }
    }

    private static string PathOf(string name) => Path.Combine(SharedFiles.RepositoryRoot, "docs", "images", name);

    /// <summary>A cross-validation of the small network on sample data, in which a few images are in the folder of another class.</summary>
    private async Task<string> WriteReportAsync()
    {
        await RunAsync("sample-data", "photos", "--quiet");
        foreach (int number in new[] { 3, 9, 17 })
        {
            string file = Directory.GetFiles(_folder["photos", "rings"]).Order(StringComparer.Ordinal).ElementAt(number);
            File.Move(file, _folder["photos", "dots", $"moved-{number}{Path.GetExtension(file)}"]);
        }

        await RunAsync("cross-validate", "photos", "--backbone", "compact", "--report", "report.html", "--quiet");
        return _folder["report.html"];
    }

    /// <summary>Runs in the folder, so that commands in the report have short paths, and no option for a cache.</summary>
    private async Task RunAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["XDG_CACHE_HOME"] = _folder["cache"], ["LOCALAPPDATA"] = _folder["cache"] };
        (await TransferProcess.FinishAsync(TransferProcess.StartIn(_folder.Path, environment, arguments))).ShouldHaveEnded(0);
    }

    private sealed record Picture(string Name, int Width, int Height, string Scheme);
}
