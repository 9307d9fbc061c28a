using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TransferLearning.Tests.Backbones.Catalog;

/// <summary>A web server of the test's own, on this machine, with one file, which fails in the ways that servers and networks do.</summary>
internal sealed class FileServer : IDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _content;

    public FileServer(byte[] content)
    {
        _content = content;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>One line per request: the target, then the range and the tag that were asked for, if any.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The number of bytes of the body after which the first connections break off, one number per connection.</summary>
    public Queue<int> Breaks { get; init; } = [];

    /// <summary>The position in the file at which every connection stays open and silent; null for none.</summary>
    public int? SilentAfter { get; init; }

    /// <summary>The pause before each piece of the body.</summary>
    public TimeSpan Pause { get; init; }

    public bool SupportsRanges { get; init; } = true;

    public bool StatesLength { get; init; } = true;

    public string? Tag { get; set; }

    /// <summary>The status of every answer; 200, or 206 for a range, where null.</summary>
    public string? Status { get; init; }

    /// <summary>The target that requests for other targets are redirected to; null for none.</summary>
    public string? RedirectsTo { get; init; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await AnswerAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client has gone, or the test has ended.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        (string target, Dictionary<string, string> headers) = await ReadRequestAsync(stream);
        string? range = headers.GetValueOrDefault("range"), condition = headers.GetValueOrDefault("if-range");
        int limit;
        lock (Requests)
        {
            Requests.Add(string.Join(' ', new[] { target, range, condition }.OfType<string>()));
            limit = Breaks.TryDequeue(out int bytes) ? bytes : int.MaxValue;
        }

        if (RedirectsTo is not null && target != RedirectsTo)
        {
            await WriteAsync(stream, $"HTTP/1.1 302 Found\r\nLocation: {RedirectsTo}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        if (Status is not null)
        {
            await WriteAsync(stream, $"HTTP/1.1 {Status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        bool isPart = SupportsRanges && range is not null && (condition is null || condition == Tag);
        int start = isPart ? int.Parse(range!["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        await WriteAsync(stream, Head(isPart, start));
        await WriteBodyAsync(stream, start, limit);
    }

    private string Head(bool isPart, int start)
    {
        var head = new StringBuilder(isPart ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n");
        head.Append("Connection: close\r\n");
        if (StatesLength)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {_content.Length - start}\r\n");
        }

        if (isPart)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {start}-{_content.Length - 1}/{_content.Length}\r\n");
        }

        if (Tag is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"ETag: {Tag}\r\n");
        }

        return head.Append("\r\n").ToString();
    }

    private async Task WriteBodyAsync(NetworkStream stream, int start, int limit)
    {
        int end = (int)Math.Min(SilentAfter ?? _content.Length, Math.Min(_content.Length, (long)start + limit));
        for (int at = start; at < end; at += PieceBytes)
        {
            await Task.Delay(Pause, _stop.Token);
            await stream.WriteAsync(_content.AsMemory(at, Math.Min(PieceBytes, end - at)), _stop.Token);
        }

        await stream.FlushAsync(_stop.Token);
        if (SilentAfter is not null)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }
    }

    private static async Task<(string Target, Dictionary<string, string> Headers)> ReadRequestAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string[] first = (await reader.ReadLineAsync() ?? throw new IOException("no request")).Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        return (first[1], headers);
    }

    private static Task WriteAsync(NetworkStream stream, string head) => stream.WriteAsync(Encoding.ASCII.GetBytes(head)).AsTask();
}
