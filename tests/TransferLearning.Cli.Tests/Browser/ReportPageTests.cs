using System.Globalization;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Tests.Browser;

/// <summary>Looks at every kind of report in a real browser, as wide as a phone and a desktop, in the light and the dark theme.</summary>
[Collection(SampleSetTests.Name)]
public sealed class ReportPageTests(SampleSet samples) : IDisposable
{
    private const int PhoneWidth = 390;
    private const int DesktopWidth = 1440;

    private readonly TemporaryFolder _folder = new();

    private string ReportFile => _folder["report.html"];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("predict", "Images")]
    [InlineData("check", "Copies")]
    [InlineData("advise", "More images")]
    [InlineData("fine-tune", "Training curves")]
    [InlineData("pre-train", "Training curves")]
    [InlineData("cross-validate", "Probably wrong labels")]
    [InlineData("parallel-train", "Pseudo-labels")]
    [InlineData("evaluate", "Worst mistakes")]
    public async Task A_report_is_readable_on_a_phone_and_a_desktop_in_the_light_and_the_dark_theme(string verb, string section)
    {
        using var browser = Chromium.Start();
        await WriteReportAsync(verb);

        foreach ((int width, string scheme) in
            new[] { (PhoneWidth, "light"), (PhoneWidth, "dark"), (DesktopWidth, "light"), (DesktopWidth, "dark") })
        {
            using BrowserPage page = await browser.OpenAsync(ReportFile, width, 844, scheme);
            string text = await page.EvaluateAsync("document.body.innerText");
            RgbImage screen = await page.ScreenshotAsync();

            text.ShouldContain(FirstSection(verb));
            text.ShouldContain(section);
            (verb == "advise" || text.Contains("triangles", StringComparison.Ordinal)).ShouldBeTrue(text);
            (await page.EvaluateAsync("document.documentElement.scrollWidth")).ShouldBe($"{width}");
            (await page.EvaluateAsync(ReportScripts.WiderThanThePage)).ShouldBeEmpty();
            (await page.EvaluateAsync(ReportScripts.TablesCutOff)).ShouldBeEmpty();
            await ShouldBeLargeEnoughAsync(page);
            (width == PhoneWidth ? "" : await page.EvaluateAsync(ReportScripts.LeavingTheRightThirdEmpty)).ShouldBeEmpty();
            (await page.EvaluateAsync(ReportScripts.ImagesNotShown)).ShouldBeEmpty();
            (await page.EvaluateAsync(ReportScripts.ChartsWithoutDescription)).ShouldBe("0");
            (await page.EvaluateAsync(ReportScripts.TablesWithoutCaption)).ShouldBe("0");
            (await page.EvaluateAsync("document.querySelectorAll('h1').length")).ShouldBe("1");
            await ShouldHaveContrastAsync(page);
            page.Requests.ShouldBeEmpty();
            page.Messages.ShouldBeEmpty();
            ShouldBeDrawn(screen, width, scheme, verb is "check" or "predict" or "advise");
        }
    }

    private static string FirstSection(string verb) => verb switch
    {
        "predict" or "check" => "Summary",
        "advise" => "Recommendation",
        _ => "Verdict",
    };

    private static async Task ShouldBeLargeEnoughAsync(BrowserPage page)
    {
        string[] smallest = (await page.EvaluateAsync(ReportScripts.SmallestText)).Split('|', 2);

        // Half a percent for rounded coordinates.
        double.Parse(smallest[0], CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(12.95, smallest[1]);
    }

    private static async Task ShouldHaveContrastAsync(BrowserPage page)
    {
        string[] lowest = (await page.EvaluateAsync(ReportScripts.LowestContrast)).Split('|', 2);

        double.Parse(lowest[0], CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(4.5, lowest[1]);
    }

    /// <summary>The page has the background of its theme, and charts in the theme's colors.</summary>
    private static void ShouldBeDrawn(RgbImage screen, int width, string scheme, bool isShort)
    {
        (byte R, byte G, byte B) first = scheme == "light" ? ((byte)0x0b, (byte)0x5c, (byte)0xad) : ((byte)0x74, (byte)0xb5, (byte)0xff);
        int dark = 0, accent = 0, total = screen.Width * screen.Height;
        for (int i = 0; i < total; i++)
        {
            ReadOnlySpan<byte> pixel = screen.Pixels.Slice(3 * i, 3);
            dark += pixel[0] + pixel[1] + pixel[2] < 3 * 96 ? 1 : 0;
            accent += Math.Abs(pixel[0] - first.R) + Math.Abs(pixel[1] - first.G) + Math.Abs(pixel[2] - first.B) < 12 ? 1 : 0;
        }

        screen.Width.ShouldBe(width);
        screen.Height.ShouldBeGreaterThan(isShort ? 700 : 2000);
        ((double)dark / total).ShouldBeInRange(scheme == "light" ? 0.001 : 0.6, scheme == "light" ? 0.3 : 0.99);
        accent.ShouldBeGreaterThan(isShort ? 50 : 1000);
    }

    private async Task WriteReportAsync(string verb)
    {
        string[] network = verb is "evaluate" or "predict" or "check" ? [] : SharedFiles.SmallBackbone();
        string[] cache = ["--cache", samples.Cache, "--quiet"];
        string[] arguments = verb switch
        {
            "evaluate" => [verb, await samples.SmallModelAsync(), samples.Images],
            "predict" => [verb, await samples.SmallModelAsync(), samples.Images],
            "check" or "advise" or "cross-validate" => [verb, samples.Images],
            "parallel-train" =>
            [
                verb, Path.Combine(samples.Images, "val"), "--larger", Path.Combine(samples.Images, "train"), "-o", _folder["model.onnx"],
            ],
            _ => [verb, samples.Images, "-o", _folder["model.onnx"]],
        };
        (await CommandRun.WithAsync([.. arguments, .. network, .. cache, "--report", ReportFile])).ShouldHaveEnded(0);
    }
}
