using System.Text.Json.Nodes;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Tests.Browser;

/// <summary>A page open in a browser. Not thread-safe.</summary>
internal sealed class BrowserPage : IDisposable
{
    private readonly DevTools _tools;
    private readonly int _width;

    private BrowserPage(DevTools tools, int width) => (_tools, _width) = (tools, width);

    /// <summary>The addresses that the page requested, without the page itself and embedded data.</summary>
    public IEnumerable<string> Requests => _tools.Events
        .Where(e => e["method"]!.GetValue<string>() == "Network.requestWillBeSent")
        .Select(e => e["params"]!["request"]!["url"]!.GetValue<string>())
        .Where(url => !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>The browser's messages: errors, refused resources, violated policies.</summary>
    public IEnumerable<string> Messages => _tools.Events
        .Where(e => e["method"]!.GetValue<string>() is "Log.entryAdded" or "Runtime.consoleAPICalled" or "Runtime.exceptionThrown")
        .Select(e => e["params"]!.ToJsonString());

    public static async Task<BrowserPage> OpenAsync(DevTools tools, string path, int width, int height, string scheme)
    {
        JsonNode target = await tools.SendAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        JsonNode attached = await tools.SendAsync(
            "Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true });
        tools.Session = attached["sessionId"]!.GetValue<string>();
        foreach (string domain in new[] { "Page", "Network", "Log", "Runtime" })
        {
            await tools.SendAsync($"{domain}.enable");
        }

        await tools.SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        var feature = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme };
        await tools.SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(feature) });
        tools.Events.Clear();
        await tools.SendAsync("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri });
        await tools.WaitForAsync("Page.loadEventFired");
        return new BrowserPage(tools, width);
    }

    /// <summary>The value of a JavaScript expression, as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        JsonNode result = await _tools.SendAsync(
            "Runtime.evaluate", new() { ["expression"] = $"String({expression})", ["returnByValue"] = true });
        return result["result"]!["value"]?.GetValue<string>() ?? throw new InvalidOperationException(result.ToJsonString());
    }

    /// <summary>The whole page, as on a screen that is high enough for all of it.</summary>
    public async Task<RgbImage> ScreenshotAsync() => ImageFormats.BuiltIn.Decode(
        await ScreenshotAsync(int.Parse(await EvaluateAsync("document.documentElement.scrollHeight"))));

    /// <summary>The upper part of the page, as a PNG file.</summary>
    public async Task<byte[]> ScreenshotAsync(int height)
    {
        JsonNode result = await _tools.SendAsync("Page.captureScreenshot", new()
        {
            ["format"] = "png",
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = _width, ["height"] = height, ["scale"] = 1 },
        });
        return Convert.FromBase64String(result["data"]!.GetValue<string>());
    }

    public void Dispose() => _tools.Dispose();
}
