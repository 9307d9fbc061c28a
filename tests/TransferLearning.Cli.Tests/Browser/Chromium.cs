using System.Diagnostics;
using System.Net.WebSockets;

namespace TransferLearning.Cli.Tests.Browser;

/// <summary>A browser without a window, driven by the DevTools protocol. Not thread-safe.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // Ends a test that hangs. Generous, because the first start of a browser on a busy machine takes long.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // No sandbox: it needs rights that containers lack, and only pages of these tests are opened.
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0",
    ];

    private readonly TemporaryFolder _profile = new();
    private readonly Process _process;
    private readonly Task<Uri> _address;

    private Chromium(string program)
    {
        var start = new ProcessStartInfo(program, [.. Arguments, $"--user-data-dir={_profile.Path}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TMPDIR"] = _profile.Path;
        _process = Process.Start(start)!;
        _address = ReadAddressAsync();
    }

    /// <summary>Starts the browser; skips the test where none is installed.</summary>
    public static Chromium Start()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? program = Names.SelectMany(n => folders.Select(f => Path.Combine(f, n))).FirstOrDefault(File.Exists);
        Skip.If(program is null, $"needs a browser: {string.Join(", ", Names)} on the PATH");
        return new Chromium(program);
    }

    /// <summary>Opens a page.</summary>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="height">The window's height in pixels.</param>
    /// <param name="scheme">The color scheme that the system asks for: <c>light</c> or <c>dark</c>.</param>
    /// <param name="path">The HTML file.</param>
    public async Task<BrowserPage> OpenAsync(string path, int width, int height, string scheme)
    {
        var limit = new CancellationTokenSource(Limit);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(await _address.WaitAsync(limit.Token), limit.Token);
        return await BrowserPage.OpenAsync(new DevTools(socket, limit), path, width, height, scheme);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        DeleteProfile();
    }

    /// <summary>Retries, because the browser's child processes may still write for a moment after they are killed.</summary>
    private void DeleteProfile()
    {
        const int Attempts = 100;
        for (int i = 1; ; i++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException) when (i < Attempts)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    /// <summary>Reads the address at which the browser listens from its standard error.</summary>
    private async Task<Uri> ReadAddressAsync()
    {
        const string Announcement = "DevTools listening on ";
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                // Reads on, so that later output does not fill the pipe.
                _ = _process.StandardError.ReadToEndAsync();
                return new Uri(line[Announcement.Length..].Trim());
            }
        }

        throw new InvalidOperationException("the browser ended before it listened");
    }
}
