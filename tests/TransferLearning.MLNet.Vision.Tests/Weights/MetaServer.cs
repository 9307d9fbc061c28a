using System.Net;
using System.Net.Http.Headers;

namespace TransferLearning.MLNet.Vision.Tests.Weights;

/// <summary>Simulates a web server with one file.</summary>
internal sealed class MetaServer(byte[] content) : HttpMessageHandler
{
    public List<string> Requests { get; } = [];

    public HttpStatusCode? Status { get; init; }

    public bool SupportsRanges { get; init; } = true;

    public bool Hangs { get; init; }

    /// <summary>The number of bytes after which the first connection fails; null for none.</summary>
    public int? BreaksAt { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int from = SupportsRanges ? (int)(request.Headers.Range?.Ranges.Single().From ?? 0) : 0;
        Requests.Add($"{request.RequestUri} from {from}");
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Status is { } status)
        {
            return new HttpResponseMessage(status);
        }

        if (from >= content.Length)
        {
            return new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                Content = new ByteArrayContent([]) { Headers = { ContentRange = new ContentRangeHeaderValue(content.Length) } },
            };
        }

        bool breaks = BreaksAt is not null && Requests.Count == 1;
        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new StreamContent(breaks ? new BreakingStream(content, BreaksAt!.Value) : new MemoryStream(content[from..])),
        };
        response.Content.Headers.ContentLength = content.Length - from;
        response.Content.Headers.ContentRange =
            from > 0 ? new ContentRangeHeaderValue(from, content.Length - 1, content.Length) : null;
        return response;
    }

    private sealed class BreakingStream(byte[] content, int length) : MemoryStream(content, 0, length)
    {
        public override int Read(Span<byte> buffer) =>
            base.Read(buffer) is > 0 and var read ? read : throw new HttpIOException(HttpRequestError.ResponseEnded, "connection lost");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }
    }
}
