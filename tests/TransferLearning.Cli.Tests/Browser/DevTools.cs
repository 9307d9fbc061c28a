using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TransferLearning.Cli.Tests.Browser;

/// <summary>A connection by the DevTools protocol: sends commands and keeps the events that arrive meanwhile. Not thread-safe.</summary>
internal sealed class DevTools(ClientWebSocket socket, CancellationTokenSource limit) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _lastId;

    /// <summary>All events so far, the oldest first.</summary>
    public List<JsonNode> Events { get; } = [];

    /// <summary>The session that commands are sent to; null for the browser itself.</summary>
    public string? Session { get; set; }

    /// <summary>Sends a command and waits for its result.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_lastId;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (Session is not null)
        {
            message["sessionId"] = Session;
        }

        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            JsonNode answer = await ReceiveAsync();
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]}");
            }

            Events.Add(answer);
        }
    }

    /// <summary>Waits for an event.</summary>
    public async Task WaitForAsync(string method)
    {
        while (!Events.Exists(e => e["method"]?.GetValue<string>() == method))
        {
            Events.Add(await ReceiveAsync());
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        limit.Dispose();
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var content = new MemoryStream();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(_buffer.AsMemory(), limit.Token);
            content.Write(_buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        content.Position = 0;
        return (await JsonNode.ParseAsync(content, cancellationToken: limit.Token))!;
    }
}
